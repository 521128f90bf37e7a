/**
 * What a memory is worth: policies with a gated recurrent unit (`policy: "gru"`) and without, on tasks that can't be solved
 * from one observation. Settings were chosen on seed 1; results are of other seeds.
 *
 *   node bench/recurrent/run.mjs [--seed 2 --seed 3 --seed 4]
 *
 * "Learned" is the first step count at which the average return of training reached the bar. The final policy, and the best one
 * that the run kept, are evaluated by their most likely actions over 100 episodes. Writes results.json after each seed.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { evaluate, loadPolicy, make, train } from "../../dist/index.js";
import { commit, machine } from "../race.mjs";
import "./envs.mjs";

const CUE = {
  env: "Cue-v0",
  steps: 200_000,
  bar: 0.95,
  options: {
    envs: 16,
    gamma: 0.99,
    entropyBonus: 0.01,
    learningRate: 3e-3,
    finalLearningRate: 0,
    hidden: [32],
    memorySize: 32,
  },
};
const CUE_PPO = { rolloutSteps: 64, minibatchSize: 256, epochs: 4 };
const CUE_A2C = { rolloutSteps: 32, lambda: 0.95, optimizer: "adam" };
const CART_POLE = {
  env: "CartPoleWithoutVelocities-v0",
  steps: 200_000,
  bar: 475,
  options: {
    envs: 8,
    rolloutSteps: 128,
    minibatchSize: 512,
    epochs: 10,
    gamma: 0.98,
    lambda: 0.8,
    learningRate: 1e-3,
    finalLearningRate: 0,
    finalClipRange: 0,
    hidden: [64],
    activation: "relu",
    memorySize: 64,
    normaliseObservations: true,
    scaleRewards: true,
  },
};

const CONTESTANTS = [
  { ...CUE, algorithm: "ppo", policy: "gru", own: CUE_PPO },
  { ...CUE, algorithm: "ppo", policy: "mlp", own: CUE_PPO },
  { ...CUE, algorithm: "a2c", policy: "gru", own: CUE_A2C },
  { ...CUE, algorithm: "a2c", policy: "mlp", own: CUE_A2C },
  { ...CART_POLE, algorithm: "ppo", policy: "gru", own: {} },
  { ...CART_POLE, algorithm: "ppo", policy: "mlp", own: {} },
];

const { values: given } = parseArgs({
  options: { seed: { type: "string", multiple: true, default: ["2", "3", "4"] } },
});

const results = CONTESTANTS.map(({ env, bar, algorithm, policy, steps, options, own }) => {
  return { env, algorithm, policy, steps, bar, options: { ...options, ...own, policy }, runs: [] };
});
const about = { bench: "recurrent", commit: commit(), machine: machine() };

for (const seed of given.seed.map(Number)) {
  for (const { env, algorithm, policy, steps, bar, options, runs } of results) {
    const run = oneRun({ algorithm, env, seed, steps, options }, bar);
    const { mean, keptMean, learnedAt } = run;
    console.log(
      `${env} ${algorithm} ${policy} seed ${seed}: ${mean}, kept ${keptMean}, learned ${learnedAt ?? "never"}`,
    );
    runs.push(run);
  }
  writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify({ ...about, results }, null, 1)}\n`);
}

function oneRun(config, bar) {
  const run = train({ ...config, stopWhenSolved: false });
  let learnedAt = null;
  for (const { steps, averageReturn } of run) {
    if (learnedAt === null && averageReturn >= bar) learnedAt = steps;
  }
  const meanOf = (policy) =>
    evaluate(policy, make(config.env), { episodes: 100, deterministic: true, seed: 1_000_000 + config.seed }).mean;
  const best = run.bestPolicy();
  const { averageReturn, weightsSha256 } = run.result();
  return {
    seed: config.seed,
    mean: meanOf(run.policy),
    keptMean: best === undefined ? null : meanOf(loadPolicy(best).policy),
    averageReturn,
    learnedAt,
    weightsSha256,
  };
}
