/**
 * Three exercises of the course Study-Reinforcement-Learning, by number and with their bars: one answer to each of a few prompts,
 * a table of logits or a small network. The tables are drawn here, not those of the course, so the best reward differs a little.
 */
import { createLearner, createRewardLearner, dpo, drawRollouts, grpo } from "../../dist/language/index.js";
import { mlp } from "../../dist/nn/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { rankCorrelation } from "../../dist/sweeps/index.js";
import { entropyOf, gather, indices, logSoftmax, noGrad, parameter, reshape, tensor } from "../../dist/tensor/index.js";
import { embedding, sampleTokens } from "../../dist/tensor/language/index.js";

const special = { end: -1, pad: 0 };
const settings = {
  15: { prompts: 9, answers: 10, updates: 1500, samplesPerPrompt: 8, learningRate: 0.5, beta: 0 },
  11: { prompts: 8, answers: 10, pairs: 512, labels: 5, updates: 2000, batch: 32, learningRate: 0.05, beta: 0.1 },
  "09": {
    weights: [1, -0.5, 0.3, 2],
    hidden: 32,
    pairs: 4096,
    labels: 4,
    updates: 2000,
    batch: 64,
    learningRate: 3e-3,
  },
};

export function course(seeds) {
  const figures = { 15: seeds.map(additions), 11: seeds.map(direct), "09": seeds.map(rewards) };
  const of = (name, key) => figures[name].map((figure) => figure[key]);
  const slowest = Math.max(...Object.values(figures).flatMap((all) => all.map(({ seconds }) => seconds)));
  const checks = [
    { what: "15, GRPO: mean reward of the last 200 updates (best 1)", values: of(15, "reward"), atLeast: 0.6 },
    { what: "11, DPO: greedy reward", values: of(11, "greedy"), atLeast: 0.6 },
    { what: "11, DPO: share of the best reward", values: of(11, "share"), atLeast: 0.9 },
    { what: "09, reward model: rank correlation with the truth", values: of("09", "correlation"), atLeast: 0.85 },
    { what: "processor seconds of the slowest", values: [slowest], atMost: 5 },
  ];
  return { settings, checks, figures };
}

/** A row of logits for each prompt, which is one token; a response is one token. */
function answerTable(prompts, answers, rng) {
  const table = parameter(tensor(Float32Array.from(rng.normal(0, 1, prompts * answers)), [prompts, answers]), "table");
  const rowsOf = (asked) => indices(Int32Array.from(asked, ([prompt]) => prompt));
  return {
    parameters: () => [table],
    forward({ ids, before, targets }) {
      const states = embedding(table, indices(Int32Array.from(before, (place) => ids[place])));
      const all = logSoftmax(states);
      return { logProbs: gather(all, indices(targets)), entropies: entropyOf(all), states };
    },
    sample: (asked, how, rng) =>
      noGrad(() => {
        const { tokens, logProbs } = sampleTokens(embedding(table, rowsOf(asked)), rng.random(asked.length), {
          topK: how.topK,
        });
        return asked.map((prompt, i) => ({ prompt, response: [tokens[i]], logProbs: [logProbs[i]] }));
      }),
  };
}

/** 15: a + b for a and b of 1, 2, 3. One prompt an update, eight answers to it. */
function additions(seed) {
  const { prompts, answers, updates, samplesPerPrompt, learningRate, beta } = settings[15];
  return timed(() => {
    const rng = defaultRng(seed);
    const policy = answerTable(prompts, answers, rng);
    const options = { samplesPerPrompt, learningRate, beta, maxGradNorm: 0 };
    const learner = createLearner(grpo, { policy, reference: policy, options, rng });
    const drawing = { policy, reference: policy, samplesPerPrompt, sampling: special, rng };
    const sum = ([prompt]) => 2 + Math.floor(prompt / 3) + (prompt % 3);
    const means = Array.from({ length: updates }, (_, update) => {
      const rollouts = drawRollouts([[rng.integers(prompts)]], drawing, ({ prompt, response }) =>
        Number(response[0] === sum(prompt)),
      );
      learner.update(rollouts, update / updates);
      return mean(rollouts.scores);
    });
    const greedy = policy.sample(
      Array.from({ length: prompts }, (_, prompt) => [prompt]),
      { ...special, topK: 1 },
      rng,
    );
    return {
      seed,
      reward: mean(means.slice(-200)),
      right: greedy.filter(({ prompt, response }) => response[0] === sum(prompt)).length,
    };
  });
}

/** 11: normal rewards, and pairs of answers labelled with probability σ(5·(r(a) − r(b))). */
function direct(seed) {
  const { prompts, answers, pairs: count, labels, updates, batch, learningRate, beta } = settings[11];
  return timed(() => {
    const rng = defaultRng(seed);
    const truth = Array.from({ length: prompts }, () => rng.normal(0, 1, answers));
    const pairs = Array.from({ length: count }, () => {
      const prompt = rng.integers(prompts);
      const [a, b] = rng.choice(answers, { size: 2, replace: false });
      const first = rng.random() < sigmoid(labels * (truth[prompt][a] - truth[prompt][b]));
      return { prompt: [prompt], chosen: [first ? a : b], rejected: [first ? b : a] };
    });
    const [policy, reference] = [1, 2].map(() => answerTable(prompts, answers, defaultRng(1000 + seed)));
    const learner = createLearner(dpo, { policy, reference, options: { learningRate, beta, maxGradNorm: 0 }, rng });
    const losses = Array.from({ length: updates }, (_, update) => {
      const drawn = Array.from({ length: batch }, () => pairs[rng.integers(count)]);
      return learner.update({ pairs: drawn, special }, update / updates).loss;
    });
    const said = policy.sample(
      truth.map((_, prompt) => [prompt]),
      { ...special, topK: 1 },
      rng,
    );
    const greedy = mean(said.map(({ prompt: [p], response: [y] }) => truth[p][y]));
    const best = mean(truth.map((row) => Math.max(...row)));
    const uniform = mean(truth.map(mean));
    return { seed, greedy, best, uniform, share: greedy / best, firstLoss: losses[0], lastLoss: losses.at(-1) };
  });
}

/** 09: the truth is linear in four features; a response is one token, whose features a table has. */
function rewards(seed) {
  const { weights, hidden, pairs: count, labels, updates, batch, learningRate } = settings["09"];
  const HELD_OUT = 512;
  return timed(() => {
    const rng = defaultRng(seed);
    const texts = 2 * count + HELD_OUT;
    const features = tensor(Float32Array.from(rng.normal(0, 1, 4 * texts)), [texts, 4]);
    const truth = features.toNested().map((row) => row.reduce((sum, x, i) => sum + x * weights[i], 0));
    const pairs = Array.from({ length: count }, (_, i) => {
      const first = rng.random() < sigmoid(labels * (truth[2 * i] - truth[2 * i + 1]));
      return { prompt: [0], chosen: [2 * i + Number(!first)], rejected: [2 * i + Number(first)] };
    });
    const network = mlp({ sizes: [4, hidden, hidden, 1], activation: "relu", rng });
    const raw = ({ targets }) => reshape(network.forward(embedding(features, indices(targets))), [targets.length]);
    const model = { parameters: () => network.parameters(), scale: new Map(), raw };
    const learner = createRewardLearner(model, {
      options: { learningRate, finalLearningRate: 1, warmup: 0, maxGradNorm: 0 },
      rng,
    });
    for (let update = 0; update < updates; update++) {
      const drawn = Array.from({ length: batch }, () => pairs[rng.integers(count)]);
      learner.update({ pairs: drawn, special }, update / updates);
    }
    const targets = Int32Array.from({ length: HELD_OUT }, (_, i) => 2 * count + i);
    const said = noGrad(() => raw({ targets }).toArray());
    return { seed, correlation: rankCorrelation([...said], truth.slice(2 * count)) };
  });
}

function sigmoid(x) {
  return 1 / (1 + Math.exp(-x));
}

function timed(work) {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { ...result, seconds: (user + system) / 1e6 };
}

function mean(values) {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}
