// The findings that a single batch shows, to `inspect` or in an environment: what is in it, beside what should be.
import { GAMMA, mean } from "./loop.mjs";

const STEPS = 20;

export function batchPictures(library) {
  return [
    misplacedEnd(library),
    deathAtLimit(library),
    recomputed(library),
    clippedActions(library),
    droppedRows(library),
    movedTargets(library),
    limitInEpisodes(library),
    lostObservation(library),
  ];
}

const curveOf = (label, y, codes) => ({ label, x: y.map((_, i) => i + 1), y, codes });

/** What the doctor says of updates that are shown to it. */
function codesOf({ inspect }, options, updates) {
  const doctor = inspect(options);
  for (const update of updates) doctor.update(update);
  return doctor.findings().map(({ code }) => code);
}

function misplacedEnd(library) {
  const lengths = [14, 9, 17];
  const n = lengths.reduce((sum, length) => sum + length, 0);
  const rewards = new Float64Array(n).fill(1);
  const ends = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((sum, length) => sum + length, 0));
  const segment = (start, end) => ({ start, end, terminated: true, truncated: false });
  const episodes = ends.map((end, i) => segment(end - lengths[i], end));
  const curve = (label, segments) => {
    const y = [...library.returnsToGo(rewards, segments, GAMMA, new Float64Array(n))];
    const terminated = rewards.map((_, t) => (ends.includes(t + 1) ? 1 : 0));
    return curveOf(label, y, codesOf(library, { gamma: GAMMA }, [{ advantages: y, rewards, terminated }]));
  };
  return {
    finding: "done-misplaced",
    title: "Three episodes with a reward of 1 a step: the return of each step",
    xLabel: "step of the batch",
    healthy: curve("ends where the episode ends", episodes),
    sick: curve("done-misplaced: the ends are never seen", [segment(0, n)]),
  };
}

function deathAtLimit(library) {
  const n = 30;
  const rewards = new Float64Array(n).fill(1);
  const truncated = rewards.map((_, t) => (t === n - 1 ? 1 : 0));
  const segments = [{ start: 0, end: n, terminated: false, truncated: true }];
  const finalValues = [1 / (1 - GAMMA)];
  const curve = (label, after) => {
    const y = [...library.returnsToGo(rewards, segments, GAMMA, after)];
    const shown = { advantages: y, rewards, terminated: new Uint8Array(n), truncated, finalValues };
    return curveOf(label, y, codesOf(library, { gamma: GAMMA }, [shown]));
  };
  return {
    finding: "truncation-as-death",
    title: "A reward of 1 a step: what each step before a limit of 30 is worth",
    xLabel: "step",
    healthy: curve("cut: V of the last state follows", finalValues),
    sick: curve("truncation-as-death: 0 follows", [0]),
  };
}

/** Steps of PPO's loss on one batch of random actions, with the old log π and the targets of V as they are at first, or anew. */
function passes(
  { mlp, categorical, defaultRng, adam, minimum, tensor, inspect },
  { oldAnew = false, targetsAnew = false },
) {
  const rng = defaultRng(0);
  const n = 64;
  const policy = mlp({ sizes: [1, 8, 2], activation: "tanh", rng });
  const value = mlp({ sizes: [1, 8, 1], activation: "tanh", rng, name: "value" });
  const optimizer = adam([...policy.parameters(), ...value.parameters()], { learningRate: 0.02 });
  const states = tensor(
    Float32Array.from({ length: n }, () => rng.normal()),
    [n, 1],
  );
  const actions = Array.from({ length: n }, () => rng.integers(2));
  const stored = categorical(policy.forward(states)).logProb(actions).detach();
  const firstValues = value.forward(states).reshape([n]).detach();
  const rewards = Float64Array.from(actions, (action) => action);
  const advantages = tensor(actions.map((action) => 2 * action - 1));
  const doctor = inspect({ policy, valueNetwork: value, optimizer });
  const clipped = [];
  const targets = [];
  for (let step = 0; step < STEPS; step++) {
    const logProbs = categorical(policy.forward(states)).logProb(actions);
    const values = value.forward(states).reshape([n]);
    const returns = advantages.add(targetsAnew ? values.detach() : firstValues);
    const oldLogProbs = oldAnew ? logProbs.detach() : stored;
    const ratio = logProbs.sub(oldLogProbs).exp();
    const gain = minimum(ratio.mul(advantages), ratio.clamp(0.8, 1.2).mul(advantages)).mean();
    const loss = values.sub(returns).square().mean().sub(gain);
    doctor.update({ loss, logProbs, oldLogProbs, advantages, rewards, returns });
    clipped.push(mean([...ratio.toArray()].map((one) => (Math.abs(one - 1) > 0.2 ? 1 : 0))));
    targets.push(mean([...returns.toArray()]));
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
  }
  return { clipped, targets, codes: doctor.findings().map(({ code }) => code) };
}

const inPasses = (library, figure) => (label, parts) => {
  const ran = passes(library, parts);
  return curveOf(label, ran[figure], ran.codes);
};

function recomputed(library) {
  const curve = inPasses(library, "clipped");
  return {
    finding: "old-policy-recomputed",
    title: "The share of ratios outside 1 ± 0.2 in each step on one batch",
    xLabel: "gradient step",
    healthy: curve("old log π stored", {}),
    sick: curve("old-policy-recomputed", { oldAnew: true }),
  };
}

function movedTargets(library) {
  const curve = inPasses(library, "targets");
  return {
    finding: "targets-moved",
    title: "The mean target of V in each step on one batch",
    xLabel: "gradient step",
    healthy: curve("computed once", {}),
    sick: curve("targets-moved: computed before each step", { targetsAnew: true }),
  };
}

function clippedActions(library) {
  const drawn = [...library.defaultRng(0).normal(0, 1, 100)].sort((a, b) => a - b);
  const actionSpace = library.box({ low: -1, high: 1, shape: [1] });
  const curve = (label, y) => curveOf(label, y, codesOf(library, { actionSpace }, [{ actions: y }]));
  return {
    finding: "clipped-action-stored",
    title: "100 stored actions in a space from -1 to 1, sorted",
    xLabel: "rank",
    healthy: curve("as drawn", drawn),
    sick: curve(
      "clipped-action-stored",
      drawn.map((a) => Math.min(1, Math.max(-1, a))),
    ),
  };
}

function droppedRows(library) {
  const n = 256;
  const size = 100;
  const rewards = new Float64Array(n);
  const curve = (label, starts) => {
    const used = new Array(n).fill(0);
    const updates = [1, 2, 3, 4].flatMap(() =>
      starts.map((start) => {
        const logProbs = new Float64Array(Math.min(size, n - start));
        for (let t = start; t < start + logProbs.length; t++) used[t]++;
        return { logProbs, rewards };
      }),
    );
    return curveOf(label, used, codesOf(library, {}, updates));
  };
  return {
    finding: "rows-dropped",
    title: "Four passes in minibatches of 100: how often each of 256 steps is used",
    xLabel: "step of the batch",
    healthy: curve("the last minibatch has 56", [0, 100, 200]),
    sick: curve("rows-dropped", [0, 100]),
  };
}

/** A random policy in CartPole whose results are changed; `change` may read and reset the environment itself. */
function randomPlay({ make, playAtRandom, envFindings }, change = (result) => result) {
  const env = make("CartPole-v1");
  const angles = [];
  let t = 0;
  let begun;
  const watched = {
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    reset(options) {
      t = 0;
      const first = begun ?? env.reset(options);
      begun = undefined;
      angles.push(first.observation[2]);
      return first;
    },
    step(action) {
      const result = change(env.step(action), ++t, () => (begun = env.reset()));
      angles.push(result.observation[2]);
      return result;
    },
  };
  const { episodes, ...play } = playAtRandom(watched, { episodes: 40, seed: 0, maxSteps: 1000 });
  const codes = envFindings({ episodes, ...play }, "CartPole-v1", true).map(({ code }) => code);
  return { codes, angles, lengths: episodes.map(({ length }) => length) };
}

function limitInEpisodes(library) {
  const curve = (label, change) => {
    const { codes, lengths } = randomPlay(library, change);
    return curveOf(label, lengths, codes);
  };
  return {
    finding: "limit-as-death",
    title: "CartPole under a random policy: the length of each episode",
    xLabel: "episode",
    dots: true,
    healthy: curve("ends where the pole falls"),
    sick: curve("terminated = true after 25 steps", (result, t) =>
      t === 25 ? { ...result, terminated: true } : result,
    ),
  };
}

function lostObservation(library) {
  const curve = (label, change) => {
    const { codes, angles } = randomPlay(library, change);
    return curveOf(label, angles.slice(0, 60), codes);
  };
  return {
    finding: "last-observation-lost",
    title: "CartPole under a random policy: the pole's angle; it falls beyond ± 0.21",
    xLabel: "observation",
    healthy: curve("each observation as it is"),
    sick: curve("last-observation-lost: the next episode's first one in place of the last", (result, _, begin) =>
      result.terminated ? { ...result, observation: begin().observation } : result,
    ),
  };
}
