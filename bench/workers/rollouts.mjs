/** `node bench/workers/rollouts.mjs WORKERS STEPS`: steps per second of collecting, and a digest of the batches. */
import { createHash } from "node:crypto";
import { threads } from "../../dist/node/index.js";
import { mlpPolicy } from "../../dist/policies/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { releaseBatch } from "../../dist/rollout/batch.js";
import { Collector, collect } from "../../dist/rollout/index.js";

const [workers, wanted] = process.argv.slice(2).map(Number);
const COPIES = 16;
const environments = threads(workers);
const env = environments("LunarLander-v3", COPIES, {});
const { observationSpace, actionSpace } = env;
const policy = mlpPolicy({ observationSpace, actionSpace, hidden: [64, 64], activation: "tanh", rng: defaultRng(1) });
const seeds = Array.from({ length: COPIES }, (_, i) => BigInt(i));
const collector = new Collector({ env, policy, rng: defaultRng(2), collect: { steps: 1024, envs: COPIES } });
const digest = createHash("sha256");
const play = (steps) => {
  for (const end = collector.steps + steps; collector.steps < end; ) {
    collect(collector, env, seeds, Number.POSITIVE_INFINITY);
    const { batch } = collector.take();
    digest.update(batch.rewards);
    releaseBatch(batch);
  }
};
play(65536);
const start = performance.now();
play(wanted);
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ stepsPerSecond: wanted / seconds, digest: digest.digest("hex") }));
await environments.close();
