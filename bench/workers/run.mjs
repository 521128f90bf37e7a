/**
 * Measures the speed-up of rollouts from one core to two: LunarLander-v3, 16 copies, batches of 1,024 steps each (RL Zoo's), and
 * a 64-64 network. It collects as training does, but learns nothing. One and two workers take turns in each round, and the
 * result is the median of the ratios within a round. `apart` is the upper bound of the machine: two independent processes of
 * one thread each, at the same time.
 *
 *   npm run build && node bench/workers/run.mjs [--rounds 3] [--steps 400000]
 */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { commit, machine } from "../race.mjs";
import { median } from "../stopwatch.mjs";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "3" }, steps: { type: "string", default: "400000" } },
});
const program = fileURLToPath(new URL("rollouts.mjs", import.meta.url));
const rounds = [];
for (let round = 0; round < Number(values.rounds); round++) {
  const order = round % 2 === 0 ? [1, 2] : [2, 1];
  const load = loadavg()[0];
  const measured = {};
  for (const workers of order) measured[workers] = await rollouts(workers);
  const both = await Promise.all([rollouts(1), rollouts(1)]);
  if (measured[1].digest !== measured[2].digest) throw new Error("one and two workers collected different batches");
  const ratio = measured[2].stepsPerSecond / measured[1].stepsPerSecond;
  const apart = both.reduce((sum, { stepsPerSecond }) => sum + stepsPerSecond, 0) / measured[1].stepsPerSecond;
  rounds.push({ one: measured[1].stepsPerSecond, two: measured[2].stepsPerSecond, ratio, apart, load });
  console.log(
    `round ${round + 1}: ${Math.round(measured[1].stepsPerSecond)} and ${Math.round(measured[2].stepsPerSecond)} steps/s, ${ratio.toFixed(2)}×, apart ${apart.toFixed(2)}×, load ${load.toFixed(1)}`,
  );
}
const ratio = median(rounds.map((one) => one.ratio));
const apart = median(rounds.map((one) => one.apart));
const reached = ratio >= 1.7;
console.log(
  `\ntwo cores against one: ${ratio.toFixed(2)}× (at least 1.7: ${reached ? "reached" : "MISSED"}), apart ${apart.toFixed(2)}×`,
);
const result = {
  bench: "workers",
  ...values,
  commit: commit(),
  machine: machine(),
  cores: cpus().length,
  rounds,
  ratio,
  apart,
  atLeast: 1.7,
  reached,
};
writeFileSync(fileURLToPath(new URL("results.json", import.meta.url)), `${JSON.stringify(result, null, 1)}\n`);

async function rollouts(workers) {
  const { stdout } = await promisify(execFile)(process.execPath, [program, String(workers), values.steps]);
  return JSON.parse(stdout);
}
