/** T1: all texts are known, so the distance to π* is exact. Every trainer that aims at π* has to arrive there. */
import {
  createLearner,
  drawRollouts,
  gpt,
  gptPolicy,
  ppo,
  reinforce,
  rewardIn,
  rloo,
  separateCritic,
  sharedCritic,
  standingOf,
  tablePolicy,
  textLogProbs,
  tokenTree,
} from "../../dist/language/index.js";
import { defaultRng } from "../../dist/random/index.js";

const raw = { normaliseAdvantages: false };

/** Rewards of independent texts, which only a table can learn one by one. */
const small = {
  tokens: 4,
  length: 3,
  beta: 0.5,
  ownShare: 1,
  rewardDeviation: 1,
  updates: 1000,
  responses: 128,
  runs: {
    reinforce: { trainer: reinforce, options: { learningRate: 0.05 } },
    rloo: { trainer: rloo, options: { learningRate: 0.05, samplesPerPrompt: 4 } },
    ppo: { trainer: ppo, options: { learningRate: 0.05, ...raw } },
    "ppo, whitened": { trainer: ppo, options: { learningRate: 0.05 } },
  },
};

/**
 * Rewards that are sums over neighbouring tokens. A GPT of this size does not learn 4096 independent rewards in so many
 * updates, and what it leaves out of a share s of their variance σ² is a divergence of sσ²/2β².
 */
const large = {
  tokens: 8,
  length: 4,
  beta: 0.3,
  ownShare: 0,
  rewardDeviation: 0.7,
  model: { layers: 2, heads: 2, width: 32 },
  updates: 800,
  responses: 256,
  runs: {
    reinforce: { trainer: reinforce, options: { learningRate: 6e-3, warmup: 0.02 } },
    rloo: { trainer: rloo, options: { learningRate: 6e-3, warmup: 0.02, samplesPerPrompt: 4 } },
    ppo: {
      trainer: ppo,
      updates: 500,
      options: { learningRate: 3e-3, epochs: 3, valueCoefficient: 1, clipValues: false, ...raw },
    },
    "ppo, whitened": {
      trainer: ppo,
      updates: 500,
      options: { learningRate: 3e-3, epochs: 3, valueCoefficient: 1, clipValues: false },
    },
  },
};

const SOON = 300;

export const smallTree = (seeds) => onTree(small, seeds);
export const largeTree = (seeds) => onTree(large, seeds);

function onTree({ runs, ...problem }, seeds) {
  const checks = [];
  const figures = {};
  const settings = { ...problem, runs: {} };
  for (const [name, { trainer, options, updates = problem.updates }] of Object.entries(runs)) {
    const all = seeds.map((seed) => distances({ ...problem, updates }, { trainer, options, seed }));
    settings.runs[name] = { updates, ...options, finalLearningRate: 0 };
    figures[name] = all;
    const soon = all.map(({ toOptimum }) => toOptimum[SOON / EVERY]);
    checks.push({ what: `${name}: KL(π ‖ π*) after ${SOON} updates`, values: soon, atMost: 0.01 });
    const last = all.map(({ toOptimum }) => toOptimum.at(-1));
    checks.push({ what: `${name}: after ${updates}`, values: last, atMost: 1e-3 });
  }
  return { settings, checks, figures };
}

const EVERY = 100;

/** KL(π ‖ π*) after each hundred updates. */
function distances(problem, { trainer, options, seed }) {
  const { tokens, length, beta, ownShare, rewardDeviation, updates, responses, model } = problem;
  const drawn = tokenTree(tokens, length, seed, { ownShare });
  const tree = { ...drawn, rewards: drawn.rewards.map((r) => rewardDeviation * r) };
  const make = (stream = 1000) => {
    const rng = defaultRng(stream + seed);
    return model
      ? gptPolicy(gpt({ ...model, vocabulary: tokens, context: length + 1 }, rng))
      : tablePolicy(tree, rng, 0.5);
  };
  const policy = make();
  const reference = make();
  const rng = defaultRng(seed);
  const learner = createLearner(trainer, {
    policy,
    reference,
    // At π* all that is left of an advantage is the critic's error, so where it can, the critic has a trunk of its own.
    critic: model ? separateCritic(make(2000), model.width) : sharedCritic(tokens),
    options: { beta, finalLearningRate: 0, ...options },
    rng,
  });
  const samplesPerPrompt = options.samplesPerPrompt ?? 1;
  const prompts = Array.from({ length: responses / samplesPerPrompt }, () => tree.prompt);
  const drawing = { policy, reference, samplesPerPrompt, sampling: { end: -1, pad: 0, maxTokens: length }, rng };
  const known = { reference: textLogProbs(reference, tree), rewards: tree.rewards, beta };
  const standing = () => standingOf(textLogProbs(policy, tree), known);
  const { optimalValue, toOptimum: atStart } = standing();
  const toOptimum = [atStart];
  for (let update = 0; update < updates; update++) {
    learner.update(
      drawRollouts(prompts, drawing, ({ response }) => rewardIn(tree, response)),
      update / updates,
    );
    if ((update + 1) % EVERY === 0) toOptimum.push(standing().toOptimum);
  }
  return { seed, optimalValue, toOptimum };
}
