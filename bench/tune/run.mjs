/**
 * What `ascent tune` is worth: settings found for an environment that no preset knows, beside the default ones, on ten fresh
 * seeds. Seeds follow from --tune-seed, and these were not used for anything else.
 *
 *   node bench/tune/run.mjs walk     # a walk against the wind, examples/walk.ts: 10,000 steps a run, 4 rounds
 *   node bench/tune/run.mjs stock    # stock control, examples/stock-control.ts: 100,000 steps a run, 4 rounds
 *   node bench/tune/run.mjs lander   # LunarLander without its preset: 500,000 steps a run, 15 minutes on a quiet machine
 *
 * For the lander, the hand-tuned preset is trained with the same ten seeds. --rounds and --minutes change how long a study is.
 * Its folder is build/tune/NAME; it goes on where it was stopped. Adds its part to results.json.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { resumeSweep, resumeTuning, startSweep, startTuning } from "../../dist/node/index.js";
import { importModule } from "../../dist/node/modules/import-module.js";
import { interquartileMean, planSweep, resampledInterval } from "../../dist/sweeps/index.js";
import { seedOf } from "../../dist/sweeps/tuning/study.js";
import { commit, machine } from "../race.mjs";

const STUDIES = {
  walk: { module: "../../examples/walk.ts", env: "Walk-v9", steps: 10_000, rounds: 4, tuneSeed: 7011 },
  stock: {
    module: "../../examples/stock-control.ts",
    env: "StockControl-v0",
    steps: 100_000,
    rounds: 4,
    tuneSeed: 7002,
  },
  lander: { module: "./lander.mjs", env: "Lander-v0", steps: 500_000, minutes: 15, tuneSeed: 7003 },
};
const RESULTS = new URL("results.json", import.meta.url);

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string" }, minutes: { type: "string" }, jobs: { type: "string" } },
});
const [name] = positionals;
if (!Object.hasOwn(STUDIES, name)) throw new Error(`which of ${Object.keys(STUDIES).join(", ")}?`);
const { module, env, steps, tuneSeed, ...usual } = STUDIES[name];
const path = fileURLToPath(new URL(module, import.meta.url));
await importModule(path);

const jobs = given.jobs === undefined ? availableParallelism() : Number(given.jobs);
const length = given.rounds
  ? { rounds: Number(given.rounds) }
  : given.minutes
    ? { minutes: Number(given.minutes) }
    : usual;
const folder = fileURLToPath(new URL(`../../build/tune/${name}`, import.meta.url));
const tuning = existsSync(folder)
  ? resumeTuning(folder, { jobs })
  : startTuning(
      { algorithm: "ppo", env, steps, tuneSeed },
      { ...length, jobs, out: folder, imports: [{ module, path }] },
    );
for await (const news of tuning) if (news.kind === "round") console.log(`round ${news.round}`);

const { findings, record, seconds } = tuning;
const settings = tuning.settings(findings.candidate.point);
const results = {
  steps,
  rounds: record.rounds,
  tuneSeed,
  jobs,
  seconds: Math.round(seconds),
  settings,
  ...findings,
  ...(name === "lander" ? { preset: await presetOf(record.study) } : {}),
  commit: commit(),
  machine: machine(),
};
console.log(`tuned ${text(results.candidate)}, default ${text(results.usual)}, in ${Math.round(seconds)} s`);
if (results.preset) console.log(`preset ${text(results.preset)}`);
const before = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, "utf8")) : {};
writeFileSync(RESULTS, `${JSON.stringify({ ...before, [name]: results }, null, 1)}\n`);

/** The hand-tuned preset of LunarLander-v3, measured as the tuned settings are. */
async function presetOf(study) {
  const seeds = findings.candidate.returns.map((_, i) => BigInt(seedOf(study, "fresh", i)));
  const plan = planSweep({ algorithm: "ppo", env: "LunarLander-v3", steps, seeds, stopWhenSolved: false });
  const out = `${folder}/preset`;
  const sweep = existsSync(out) ? resumeSweep(out, { plan, jobs }) : startSweep(plan, { out, jobs });
  for await (const news of sweep)
    if (news.kind === "broken") throw new Error(`the preset's run ${news.id} can't be trained: ${news.error.message}`);
  // In the order of the seeds: in which order runs end depends on the machine, and the interval depends on their order.
  const returns = sweep.runs.map(({ id }) => sweep.outcomes.get(id).finalReturn);
  const interval = resampledInterval([returns], ([drawn]) => interquartileMean(drawn));
  return { fresh: interquartileMean(returns), interval, returns };
}

function text({ fresh, interval: [low, high] }) {
  return `${fresh.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
