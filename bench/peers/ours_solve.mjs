/**
 * Ascent's time to solve: trains until the most likely actions of the policy average `--until` over 20 episodes, and then over
 * the 100 that count. The time includes the start of the process, failed evaluations, and the one that passed.
 *
 *   node bench/peers/ours_solve.mjs [--env CartPole-v1] [--preset default] [--until 475] [--every 1024] [--screen 0] [--seed 0]
 *
 * It skips evaluations while the last 20 episodes of training average less than `--screen`.
 */
import { parseArgs } from "node:util";
import { train } from "../../dist/index.js";
import { backendName } from "../../dist/tensor/index.js";
import { report } from "../stopwatch.mjs";
import { sinceStart } from "./clock.mjs";
import { meanReturn } from "./likeliest.mjs";

const { values: given } = parseArgs({
  options: {
    env: { type: "string", default: "CartPole-v1" },
    preset: { type: "string", default: "default" },
    until: { type: "string", default: "475" },
    every: { type: "string", default: "1024" },
    screen: { type: "string", default: "0" },
    seed: { type: "string", default: "0" },
  },
});
const [until, every, screen, seed] = [given.until, given.every, given.screen, given.seed].map(Number);
let evaluating = 0;

/** The mean over 100 episodes, or over fewer if those already fall short. Evaluation and training use different seeds. */
function evaluated(policy) {
  const start = performance.now();
  let mean;
  for (const episodes of [20, 100]) {
    mean = meanReturn(policy, given.env, { episodes, seed: 1_000_000 * episodes + seed });
    if (mean < until) break;
  }
  evaluating += (performance.now() - start) / 1000;
  return mean;
}

const setup = sinceStart();
const run = train({ algorithm: "ppo", preset: given.preset, env: given.env, seed, stopWhenSolved: false });
const recent = [];
const evaluations = [];
let next = every;
let solvedAtSteps = null;
for (const update of run) {
  recent.push(...update.returns);
  recent.splice(0, recent.length - 20);
  if (update.steps < next && !run.finished) continue;
  next = update.steps + every;
  if (recent.reduce((total, value) => total + value, 0) / recent.length < screen) continue;
  const mean = evaluated(run.policy);
  evaluations.push([update.steps, mean]);
  if (mean < until) continue;
  solvedAtSteps = update.steps;
  break;
}
const seconds = sinceStart();
report({
  name: "ascent",
  versions: { node: process.version, ascent: backendName },
  metrics: { whole_seconds: seconds, setup_seconds: setup, evaluating_seconds: evaluating, steps: run.result().steps },
  seed,
  solved_at_steps: solvedAtSteps,
  evaluations,
});
