/**
 * Learning curves of REINFORCE on CartPole-v1: each preset on 20 seeds, to the end of its budget, solved or not.
 *
 *   node bench/learn/run.mjs [--seeds 20] [--first-seed 0] [--preset default …]
 *
 * The default preset was tuned on seeds 1000 to 1019. Writes results.json, and the return of every episode to curves/, one line
 * per seed.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { reinforce } from "../../dist/algorithms/index.js";
import { train } from "../../dist/index.js";
import { commit, machine } from "../race.mjs";
import { bootstrapInterval, interquartileMean } from "../statistics.mjs";
import { median } from "../stopwatch.mjs";

const { values: given } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    "first-seed": { type: "string", default: "0" },
    preset: { type: "string", multiple: true, default: ["default", "exercise", "lecture"] },
  },
});
const seeds = Array.from({ length: Number(given.seeds) }, (_, i) => Number(given["first-seed"]) + i);
const folder = new URL(".", import.meta.url);

/** The target of each preset, as one line of the printed verdict. */
const bars = {
  default: (runs) => {
    const solved = runs.map((run) => run.solvedAtEpisode ?? Number.POSITIVE_INFINITY);
    const within = solved.filter((episode) => episode <= 400).length;
    return `solved within 400 episodes: ${within} of ${runs.length}; median episode ${median(solved)}, worst ${Math.max(...solved)}`;
  },
  exercise: (runs) => {
    const passed = runs.filter((run) => run.best >= 195 && run.last100 > 50).length;
    return `best episode >= 195 and last-100 mean > 50: ${passed} of ${runs.length}`;
  },
  lecture: (runs) =>
    `solved at any time: ${runs.filter((run) => run.solvedAtEpisode !== null).length} of ${runs.length}`,
};

mkdirSync(new URL("curves/", folder), { recursive: true });
const results = {};
for (const preset of given.preset) {
  const runs = [];
  const curves = [];
  for (const seed of seeds) {
    process.stderr.write(`\r\x1b[K${preset}: seed ${seed}`);
    const run = train({ preset, seed, stopWhenSolved: false });
    const returns = [];
    for (const update of run) returns.push(...update.returns);
    const { solvedAtEpisode, averageReturn, bestEpisodeReturn, verdict, steps, weightsSha256 } = run.result();
    runs.push({
      seed,
      solvedAtEpisode,
      last100: averageReturn,
      best: bestEpisodeReturn,
      verdict: verdict.kind,
      steps,
      weightsSha256,
    });
    curves.push(JSON.stringify({ seed, returns }));
  }
  process.stderr.write("\r\x1b[K");
  const last100 = runs.map((run) => run.last100);
  const interval = bootstrapInterval(last100, interquartileMean);
  const collapsed = runs.filter((run) => run.verdict === "collapsed").length;
  results[preset] = {
    episodes: reinforce.presets[preset].episodes,
    last100: {
      interquartileMean: interquartileMean(last100),
      interval,
      median: median(last100),
      min: Math.min(...last100),
    },
    solved: runs.filter((run) => run.solvedAtEpisode !== null).length,
    collapsed,
    runs,
  };
  writeFileSync(new URL(`curves/${preset}.jsonl`, folder), `${curves.join("\n")}\n`);
  const show = (value) => value.toFixed(1);
  console.log(`${preset}, ${runs.length} seeds, ${results[preset].episodes} episodes`);
  console.log(
    `  last 100 episodes: IQM ${show(interquartileMean(last100))}, 95 % [${interval.map(show).join(", ")}], median ${show(median(last100))}, min ${show(Math.min(...last100))}`,
  );
  console.log(`  ${bars[preset]?.(runs) ?? ""}`);
  console.log(`  collapsed: ${collapsed} of ${runs.length}`);
}
const header = {
  bench: "learn",
  env: "CartPole-v1",
  seeds: [seeds[0], seeds.at(-1)],
  commit: commit(),
  machine: machine(),
};
writeFileSync(new URL("results.json", folder), `${JSON.stringify({ ...header, presets: results }, null, 1)}\n`);
