/**
 * Steps a second of the environments: alone through `step`, and in batches. Each environment has a process of its own, as
 * a program has that trains on it.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { make, makeBatch } from "../../dist/envs/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { report, secondsPerCall } from "../stopwatch.mjs";
import { BATCHES, ENVS } from "./workload.mjs";

/** Actions drawn beforehand, for alone and for each batch. */
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

const [only] = process.argv.slice(2);
const metrics = {};
const check = {};
if (only === undefined) {
  for (const id of ENVS) {
    const said = JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), id], { encoding: "utf8" }));
    Object.assign(metrics, said.metrics);
    Object.assign(check, said.check);
  }
} else {
  metrics[only] = await alone(only);
  for (const n of BATCHES) {
    const { rate, length } = await together(only, n);
    metrics[`${only} × ${n}`] = rate;
    if (only === "CartPole-v1" && n === Math.max(...BATCHES)) check.cartPoleLength = length;
  }
}
report({ name: "ascent", versions: { node: process.versions.node }, metrics, check });
