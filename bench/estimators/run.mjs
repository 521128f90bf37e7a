/**
 * How long the estimator lab takes for all of its estimators: 100,000 drawn episodes of TwoStep in batches of 4, and 20,000
 * of the 5×5 grid in batches of 8.
 *
 *   node bench/estimators/run.mjs
 *
 * Writes results.json.
 */
import { writeFileSync } from "node:fs";
import { ESTIMATORS, measure, settingOf, worldNamed } from "../../dist/estimators/index.js";
import { commit, machine } from "../race.mjs";

const TASKS = [
  { world: "two-step", episodes: 4, batches: 25_000 },
  { world: "grid", episodes: 8, batches: 2500 },
];

const results = TASKS.map(({ world, episodes, batches }) => {
  const setting = settingOf(worldNamed(world));
  const start = performance.now();
  const measured = measure(ESTIMATORS, setting, { episodes, batches, seed: 1 });
  const seconds = (performance.now() - start) / 1000;
  const failed = measured.filter(({ agreement }) => agreement === "fails").length;
  console.log(
    `${world}: ${episodes * batches} episodes, ${ESTIMATORS.length} estimators, ${seconds.toFixed(2)} s, ${failed} predictions failed`,
  );
  return { world, episodes: episodes * batches, estimators: ESTIMATORS.length, seconds, failed };
});
const about = { bench: "estimators", commit: commit(), machine: machine() };
writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify({ ...about, results }, null, 2)}\n`);
