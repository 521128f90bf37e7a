/**
 * Measures environment steps per second, alone through `step` and in batches. Each measurement runs in its own process, like
 * a program that trains on one environment: a second batch in the same process makes V8 deoptimise code that it had specialised
 * for the first, and takes about 1.5 times as long.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { make, makeBatch } from "../../dist/envs/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { report, secondsPerCall } from "../stopwatch.mjs";
import { BATCHES, ENVS } from "./workload.mjs";

/** Actions sampled in advance, for one environment and for each batch. */
const ALONE = 1024;
const ROWS = 128;

async function alone(id) {
  const env = make(id);
  const rng = defaultRng(0);
  const actions = Array.from({ length: ALONE }, () => env.actionSpace.sample(rng));
  env.reset({ seed: 0 });
  const seconds = await secondsPerCall(() => {
    for (let t = 0; t < ALONE; t++) {
      const { terminated, truncated } = env.step(actions[t]);
      if (terminated || truncated) env.reset();
    }
  });
  return ALONE / seconds;
}

async function together(id, n) {
  const batch = makeBatch(id, n);
  const { actionSpace } = batch;
  const rng = defaultRng(0);
  const row =
    actionSpace.kind === "discrete"
      ? () => Int32Array.from({ length: n }, () => actionSpace.sample(rng))
      : () => Float32Array.from({ length: n }, () => actionSpace.sample(rng)[0]);
  const rows = Array.from({ length: ROWS }, row);
  let [steps, ends] = [0, 0];
  batch.reset(Array.from({ length: n }, (_, i) => i));
  const seconds = await secondsPerCall(() => {
    for (const actions of rows) ends += batch.step(actions);
    steps += ROWS * n;
  });
  return { rate: (ROWS * n) / seconds, length: steps / ends };
}

const [id, n] = process.argv.slice(2);
const metrics = {};
const check = {};
if (id === undefined) {
  const self = fileURLToPath(import.meta.url);
  for (const each of ENVS.flatMap((one) => [[one], ...BATCHES.map((count) => [one, String(count)])])) {
    const said = JSON.parse(execFileSync(process.execPath, [self, ...each], { encoding: "utf8" }));
    Object.assign(metrics, said.metrics);
    Object.assign(check, said.check);
  }
} else if (n === undefined) {
  metrics[id] = await alone(id);
} else {
  const { rate, length } = await together(id, Number(n));
  metrics[`${id} × ${n}`] = rate;
  if (id === "CartPole-v1" && Number(n) === Math.max(...BATCHES)) check.cartPoleLength = length;
}
report({ name: "ascent", versions: { node: process.versions.node }, metrics, check });
