// The program that the benchmarks of sweeps start and kill: it trains the sweep in a folder to its end.
//
//   node bench/sweeps/run-sweep.mjs FOLDER PLAN.json JOBS
//
// It begins the sweep if the folder has none.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { resumeSweep, startSweep } from "../../dist/node/index.js";

const [folder, planFile, given] = process.argv.slice(2);
const jobs = Number(given);
const { plan, imports, endHopeless } = JSON.parse(readFileSync(planFile, "utf8"));
const sweep = existsSync(join(folder, "sweep.json"))
  ? resumeSweep(folder, { jobs })
  : startSweep(plan, { out: folder, imports, endHopeless, jobs });

const start = performance.now();
for await (const news of sweep) {
  if (news.kind === "progress") continue;
  const rest = news.kind === "broken" ? news.error.message : news.kind === "held" ? news.by : news.outcome.end;
  console.log(`${news.id} ${news.kind} ${rest}`);
}
const seconds = (performance.now() - start) / 1000;
console.log(
  JSON.stringify({ complete: sweep.complete, runs: sweep.outcomes.size, broken: sweep.broken.size, seconds }),
);
process.exitCode = sweep.complete ? 0 : 1;
