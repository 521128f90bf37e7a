/**
 * Profiles REINFORCE: runs the preset `exercise` with more and more of its work, on one seed, so that every line plays the same
 * episodes. ASCENT_BACKEND chooses the build.
 *
 *   node bench/reinforce/ablation.mjs [--episodes 800] [--rounds 5]
 */
import { parseArgs } from "node:util";
import { reinforce } from "../../dist/algorithms/index.js";
import { resolveOptions } from "../../dist/options.js";
import { defaultRng } from "../../dist/random/index.js";
import { releaseBatch } from "../../dist/rollout/batch.js";
import { collect } from "../../dist/rollout/collect.js";
import { Collector } from "../../dist/rollout/collector.js";
import { environments } from "../../dist/rollout/environments.js";
import { backendName } from "../../dist/tensor/index.js";
import { median } from "../stopwatch.mjs";

const { values } = parseArgs({
  options: { episodes: { type: "string", default: "800" }, rounds: { type: "string", default: "5" } },
});
const episodes = Number(values.episodes);

/** Seconds of collecting and of learning, and the steps; `kept: false` repeats the forward pass in each update. */
function play({ kept }) {
  const env = environments("CartPole-v1", 1, {});
  const options = resolveOptions(reinforce.options, reinforce.presets.exercise.options);
  const { observationSpace, actionSpace } = env;
  const learner = reinforce.create({ observationSpace, actionSpace, options, rng: defaultRng(1) });
  const wanted = reinforce.collect(options);
  const collector = new Collector({ env, policy: learner.policy, rng: defaultRng(2), collect: wanted });
  let [collecting, learning] = [0, 0];
  const lengths = [];
  for (let episode = 0; episode < episodes; episode++) {
    const start = performance.now();
    collect(collector, env, [3n], Number.POSITIVE_INFINITY);
    const { batch } = collector.take();
    const middle = performance.now();
    const update = learner.update(kept ? batch : { ...batch, forwardCache: undefined }, 0);
    while (!update.next().done);
    releaseBatch(batch);
    collecting += middle - start;
    learning += performance.now() - middle;
    lengths.push(batch.size);
  }
  return { collecting, learning, steps: collector.steps, lengths };
}

/** Milliseconds of the environment alone for this many steps. */
function environmentAlone(steps) {
  const env = environments("CartPole-v1", 1, {});
  const actions = new Int32Array(1);
  env.reset([3]);
  const start = performance.now();
  for (let i = 0; i < steps; i++) {
    actions[0] = i & 1;
    env.step(actions);
  }
  return performance.now() - start;
}

play({ kept: true });
const rounds = Array.from({ length: Number(values.rounds) }, () => {
  const whole = play({ kept: true });
  const again = play({ kept: false });
  if (whole.lengths.join() !== again.lengths.join()) throw new Error("the kept forward pass changed the run");
  return { whole, again, environment: environmentAlone(whole.steps) };
});
const { steps } = rounds[0].whole;
const perStep = (milliseconds) => `${((1000 * milliseconds) / steps).toFixed(2).padStart(6)} µs a step`;
const of = (read) => median(rounds.map(read));
const environment = of((round) => round.environment);
const collecting = of((round) => round.whole.collecting);
const learning = of((round) => round.whole.learning);
console.log(`${backendName}: ${episodes} episodes, ${steps} steps, medians of ${rounds.length} rounds`);
console.log(`environment                          ${perStep(environment)}`);
console.log(`acting and keeping what was seen     ${perStep(collecting - environment)}`);
console.log(`learning                             ${perStep(learning)}`);
console.log(`together                             ${perStep(collecting + learning)}`);
console.log(`learning, forward pass computed anew ${perStep(of((round) => round.again.learning))}`);
