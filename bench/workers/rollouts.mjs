/**
 * `node bench/workers/rollouts.mjs ENV OPTIONS THREADS STEPS`: steps per second of collecting, the microseconds of one step of
 * one environment alone, and a digest of the batches. OPTIONS are JSON.
 */
import { createHash } from "node:crypto";
import "../expensive-env.mjs";
import { make } from "../../dist/envs/index.js";
import { registerMujoco } from "../../dist/mujoco/index.js";
import { threads } from "../../dist/node/index.js";
import { mlpPolicy } from "../../dist/policies/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { releaseBatch } from "../../dist/rollout/batch.js";
import { Collector, collect } from "../../dist/rollout/index.js";

await registerMujoco();
const [id, json, count, wanted] = process.argv.slice(2);
const options = JSON.parse(json);
const steps = Number(wanted);
const COPIES = 16;
const environments = threads(Number(count), { modules: [new URL("../expensive-env.mjs", import.meta.url)] });
const env = environments(id, COPIES, options);
const { observationSpace, actionSpace } = env;
const policy = mlpPolicy({ observationSpace, actionSpace, hidden: [64, 64], activation: "tanh", rng: defaultRng(1) });
const seeds = Array.from({ length: COPIES }, (_, i) => BigInt(i));
const wantedBatch = { steps: Math.min(1024, steps / (4 * COPIES)), envs: COPIES };
const collector = new Collector({ env, policy, rng: defaultRng(2), collect: wantedBatch });
const digest = createHash("sha256");
const play = (count) => {
  for (const end = collector.steps + count; collector.steps < end; ) {
    collect(collector, env, seeds, Number.POSITIVE_INFINITY);
    const { batch } = collector.take();
    digest.update(batch.rewards);
    releaseBatch(batch);
  }
};

/** Microseconds of a step of one environment, without acting and without threads. */
function alone(calls) {
  const one = make(id, options);
  const rng = defaultRng(3);
  one.reset({ seed: 1 });
  const start = performance.now();
  for (let i = 0; i < calls; i++) {
    const { terminated, truncated } = one.step(one.actionSpace.sample(rng));
    if (terminated || truncated) one.reset();
  }
  return (1000 * (performance.now() - start)) / calls;
}

play(steps / 4);
const start = performance.now();
play(steps);
const seconds = (performance.now() - start) / 1000;
const stepMicroseconds = alone(steps / 4);
console.log(JSON.stringify({ stepsPerSecond: steps / seconds, stepMicroseconds, digest: digest.digest("hex") }));
await environments.close();
