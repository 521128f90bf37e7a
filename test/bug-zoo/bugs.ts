/**
 * 25 bugs that raise no error. Each is planted twice: in a loop by hand, a setting or an environment, for the doctor to name at
 * run time (`plant`), and in a line of the library, for a test to fail (`killers.ts`).
 */
import { make, trainNamed } from "ascent";
import { squashedGaussian } from "ascent/distributions";
import { diagnose, envFindings, examine, playAtRandom } from "ascent/doctor";
import { checkEnv, type Env } from "ascent/envs";
import { adam } from "ascent/optim";
import { softmax, tensor } from "ascent/tensor";
import {
  continuousCartPole,
  discreteHead,
  GAMMA,
  gaussianHead,
  LAMBDA,
  ppoByHand,
  RIGHT,
  squashedHead,
  standardised,
} from "./ppo-by-hand.js";
import { reinforceByHand } from "./reinforce-by-hand.js";

/** A bug, and the code under which the doctor should name it. */
export interface Bug {
  readonly number: number;
  readonly title: string;
  /** What names it: `inspect` beside a loop by hand, `diagnose` and `examine` of a run, `doctor env`. Undefined: nothing does. */
  readonly by?: "inspect" | "diagnose" | "examine" | "doctor env";
  readonly code?: string;
  /** Whether it takes less than a second or so, and runs in the tests. */
  readonly quick?: boolean;
  /** Plants it, and gives the codes of what the doctor says. */
  plant?(): readonly string[];
}

type Findings = readonly { readonly code: string }[];
const codes = (findings: Findings): string[] => findings.map(({ code }) => code);
const loop = (changed: Parameters<typeof ppoByHand>[0], code: string) => (): string[] =>
  codes(ppoByHand(changed, { until: [code] }).findings);
const episodes = (changed: Parameters<typeof reinforceByHand>[0], code: string) => (): string[] =>
  codes(reinforceByHand(changed, { until: [code] }).findings);

/** The weight of the KL term in bug 24. */
const BETA = 3;
/** One minibatch of all steps, in order. */
const WHOLE = { minibatches: () => [Array.from({ length: 256 }, (_, t) => t)] };
/** CartPole with episodes of at most 30 steps. */
const SHORT = { makeEnv: () => make("CartPole-v1", { maxEpisodeSteps: 30 }) };

/** CartPole with another `reset` or `step`. */
function cartPole(change: (env: Env<Float32Array, number>) => Partial<Env<Float32Array, number>>) {
  return (): Env<Float32Array, number> => {
    const env = make("CartPole-v1");
    const { observationSpace, actionSpace } = env;
    const plain: Env<Float32Array, number> = {
      observationSpace,
      actionSpace,
      reset: (options) => env.reset(options),
      step: (action) => env.step(action),
    };
    return { ...plain, ...change(env) };
  };
}

/** What `ascent doctor env` says of it. */
function doctorEnv(makeEnv: () => Env<Float32Array, number>): string[] {
  const faults = checkEnv(makeEnv).map(({ check }) => `env-${check}`);
  const play = playAtRandom(makeEnv(), { episodes: 20, seed: 0, maxSteps: 1000 });
  return [...faults, ...codes(envFindings(play, "CartPole-v1", true))];
}

function run(config: Parameters<typeof trainNamed>[0]) {
  const training = trainNamed(config);
  const updates = [...training];
  const { policy, rewardThreshold } = training;
  const facts = { config: training.config, updates, rewardThreshold, actionSpace: policy.actionSpace };
  return { training, policy, codes: () => codes(diagnose(facts)) };
}

export const BUGS: readonly Bug[] = [
  {
    number: 1,
    title: "the sign of the loss is flipped",
    by: "inspect",
    code: "wrong-sign",
    quick: true,
    plant: loop({ gain: (rows) => RIGHT.gain(rows).neg() }, "wrong-sign"),
  },
  {
    number: 2,
    title: "log π is detached",
    by: "inspect",
    code: "log-prob-detached",
    quick: true,
    plant: loop({ newLogProbs: (logProbs) => logProbs.detach() }, "log-prob-detached"),
  },
  {
    number: 3,
    title: "a gradient leaks through the baseline",
    by: "inspect",
    code: "baseline-leaks",
    quick: true,
    plant: episodes({ advantages: (returns, values) => tensor(returns.flat()).sub(values) }, "baseline-leaks"),
  },
  {
    number: 4,
    title: "GAE reads the end of an episode one step early",
    by: "inspect",
    code: "done-misplaced",
    quick: true,
    plant: loop(
      {
        ...WHOLE,
        advantages({ rewards, terminated, truncated }, values, after) {
          const n = rewards.length;
          const advantages = new Float64Array(n);
          let following = 0;
          for (let t = n - 1; t >= 0; t--) {
            const goesOn = t + 1 < n && (terminated[t + 1] || truncated[t + 1]) ? 0 : 1;
            const next = t + 1 < n ? values[t + 1] * goesOn : after[after.length - 1];
            following = rewards[t] + GAMMA * next - values[t] + GAMMA * LAMBDA * goesOn * following;
            advantages[t] = following;
          }
          return advantages;
        },
      },
      "done-misplaced",
    ),
  },
  {
    number: 5,
    title: "a time limit is taken for death",
    by: "inspect",
    code: "truncation-as-death",
    quick: true,
    plant: loop(
      {
        ...WHOLE,
        ...SHORT,
        after: (values, ends) => values.map((value, i) => (ends[i].terminated || ends[i].truncated ? 0 : value)),
      },
      "truncation-as-death",
    ),
  },
  {
    number: 6,
    title: "the environment resets itself and loses its last observation",
    by: "doctor env",
    code: "last-observation-lost",
    quick: true,
    plant: () =>
      doctorEnv(
        cartPole((env) => {
          let begun: ReturnType<typeof env.reset> | undefined;
          return {
            reset(options) {
              const first = options?.seed === undefined && begun !== undefined ? begun : env.reset(options);
              begun = undefined;
              return { ...first, observation: first.observation.slice() };
            },
            step(action) {
              const result = env.step(action);
              if (!result.terminated && !result.truncated) return result;
              begun = env.reset();
              return { ...result, observation: begun.observation.slice() };
            },
          };
        }),
      ),
  },
  {
    number: 7,
    title: "a minibatch of one step is divided by its own deviation",
    by: "inspect",
    code: "deviation-of-one",
    quick: true,
    plant: loop(
      {
        minibatches: () => [Array.from({ length: 255 }, (_, t) => t), [255]],
        normalise(A) {
          const mean = A.reduce((sum, value) => sum + value, 0) / A.length;
          const squares = A.reduce((sum, value) => sum + (value - mean) ** 2, 0);
          return A.map((value) => (value - mean) / (Math.sqrt(squares / (A.length - 1)) + 1e-8));
        },
      },
      "deviation-of-one",
    ),
  },
  {
    number: 8,
    title: "returns are normalised episode by episode",
    by: "inspect",
    code: "normalised-by-episode",
    quick: true,
    plant: episodes(
      { advantages: (returns) => tensor(returns.flatMap((own) => [...standardised(Float64Array.from(own))])) },
      "normalised-by-episode",
    ),
  },
  {
    number: 9,
    title: "the entropy is NaN where a probability is 0",
    by: "inspect",
    code: "entropy-not-finite",
    quick: true,
    plant: loop(
      {
        head: {
          ...discreteHead,
          outputs: 3,
          // The third action is forbidden.
          sample: (outputs, logStd, rng) => discreteHead.sample(outputs.add(tensor([0, 0, -1e8])), logStd, rng),
          logProb: (outputs, logStd, actions) =>
            discreteHead.logProb(outputs.add(tensor([0, 0, -1e8])), logStd, actions),
        },
        entropy(outputs) {
          const logits = outputs.add(tensor([0, 0, -1e8]));
          return softmax(logits).mul(softmax(logits).log()).sum(-1).neg();
        },
      },
      "entropy-not-finite",
    ),
  },
  {
    number: 10,
    title: "squashed actions without their Jacobian while learning",
    by: "inspect",
    code: "ratio-not-one",
    quick: true,
    plant: loop(
      {
        head: {
          ...squashedHead,
          logProb: (outputs, logStd, actions) =>
            actions.length === 1
              ? squashedGaussian(outputs, logStd).logProb(Float32Array.from(actions))
              : gaussianHead.logProb(outputs, logStd, actions),
        },
        makeEnv: continuousCartPole,
      },
      "ratio-not-one",
    ),
  },
  {
    number: 11,
    title: "actions are cut at their bounds and stored so",
    by: "inspect",
    code: "clipped-action-stored",
    quick: true,
    plant: loop(
      {
        head: gaussianHead,
        makeEnv: continuousCartPole,
        stored: (action) => Math.min(1, Math.max(-1, action)),
      },
      "clipped-action-stored",
    ),
  },
  {
    number: 12,
    title: "the old policy's log π is computed again in each epoch",
    by: "inspect",
    code: "old-policy-recomputed",
    quick: true,
    plant: loop({ oldLogProbs: (_stored, now) => now.detach() }, "old-policy-recomputed"),
  },
  {
    number: 13,
    title: "advantages are normalised in four parts of the batch",
    by: "inspect",
    code: "normalised-in-parts",
    quick: true,
    plant: loop(
      {
        ...WHOLE,
        normalise: (A) =>
          Float64Array.from([0, 64, 128, 192].flatMap((start) => [...standardised(A.slice(start, start + 64))])),
      },
      "normalised-in-parts",
    ),
  },
  {
    number: 14,
    title: "the targets of V are computed anew in each epoch",
    by: "inspect",
    code: "targets-moved",
    quick: true,
    plant: loop({ returns: (advantages, _old, now) => advantages.map((A, t) => A + now[t]) }, "targets-moved"),
  },
  { number: 15, title: "observations are not normalised where the policy is evaluated" },
  {
    number: 16,
    title: "rewards a thousand times as large swamp the shared trunk",
    by: "diagnose",
    code: "rewards-unscaled",
    plant: () => {
      const env = cartPole((inner) => ({
        step: (action) => ({ ...inner.step(action), reward: 1000 }),
      }));
      return run({ algorithm: "a2c", env, steps: 20_000, options: { trunk: "shared" } }).codes();
    },
  },
  {
    number: 17,
    title: "the learning rate is annealed once for each epoch, and is 0 after a quarter of the run",
    by: "inspect",
    code: "learning-rate-low",
    plant: loop({ ...WHOLE, learningRate: (progress) => 1e-3 * Math.max(0, 1 - 4 * progress) }, "learning-rate-low"),
  },
  {
    number: 18,
    title: "the seed does not reach the environment",
    by: "doctor env",
    code: "env-same-seed",
    quick: true,
    plant: () => doctorEnv(cartPole((env) => ({ reset: () => env.reset() }))),
  },
  { number: 19, title: "runs with seeds 0 and 1 share all but one of their environments' streams" },
  {
    number: 20,
    title: "[T, 1] beside [T] becomes a table",
    by: "inspect",
    code: "outer-product",
    quick: true,
    plant: episodes(
      {
        loss: (logProbs, advantages) =>
          logProbs
            .reshape([logProbs.size, 1])
            .matmul(advantages.reshape([1, advantages.size]))
            .mean()
            .neg(),
      },
      "outer-product",
    ),
  },
  {
    number: 21,
    title: "the last, shorter minibatch is dropped",
    by: "inspect",
    code: "rows-dropped",
    quick: true,
    plant: loop(
      {
        minibatches: (rng) => {
          const order = Array.from(rng.permutation(256));
          return [0, 100].map((start) => order.slice(start, start + 100));
        },
      },
      "rows-dropped",
    ),
  },
  {
    number: 22,
    title: "Adam's ε is 1 instead of 1e-8",
    by: "inspect",
    code: "learning-rate-low",
    plant: loop({ optimizer: (parameters) => adam(parameters, { learningRate: 1e-3, eps: 1 }) }, "learning-rate-low"),
  },
  {
    number: 23,
    title: "the environment returns the same array each time",
    by: "doctor env",
    code: "env-aliasing",
    quick: true,
    plant: () =>
      doctorEnv(
        cartPole((env) => {
          const same = new Float32Array(4);
          const shared = <R extends { readonly observation: Float32Array }>(result: R): R => {
            same.set(result.observation);
            return { ...result, observation: same };
          };
          return { reset: (options) => shared(env.reset(options)), step: (action) => shared(env.step(action)) };
        }),
      ),
  },
  {
    number: 24,
    title: "a KL term in the loss has no gradient",
    by: "inspect",
    code: "kl-large",
    plant: loop(
      {
        optimizer: (parameters) => adam(parameters, { learningRate: 1e-2 }),
        learningRate: () => 1e-2,
        gain({ pi: { logProbs }, oldLogProbs, advantages }) {
          const logRatio = logProbs.sub(oldLogProbs);
          const kl = logRatio.detach().exp().sub(1).sub(logRatio.detach()).mean();
          return logRatio.exp().mul(tensor(advantages)).mean().sub(kl.mul(BETA));
        },
      },
      "kl-large",
    ),
  },
  {
    number: 25,
    title: "a policy is judged by drawn actions only, where its likeliest ones earn far more",
    by: "examine",
    code: "deterministic-better",
    plant: () => {
      const { policy } = run({ algorithm: "ppo", env: "CartPole-v1", steps: 4000, options: { entropyBonus: 1 } });
      return codes(examine(policy, make("CartPole-v1"), { episodes: 30 }).findings);
    },
  },
];
