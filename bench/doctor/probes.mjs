/**
 * Every probe of `ascent doctor algorithm` with every algorithm of ours: what was seen, and what it took.
 *
 *     npm run build && node bench/doctor/probes.mjs [SEEDS]
 *
 * `probes.json` gets, for each algorithm and probe, the numbers seen with each seed and the mean processor time,
 * which other programs on the machine lengthen less than the time on the clock.
 */
import { writeFileSync } from "node:fs";
import { probeAlgorithm } from "../../dist/doctor/index.js";

const SEEDS = Number(process.argv[2] ?? 5);
const settings = [
  { algorithm: "reinforce" },
  { algorithm: "actor-critic" },
  { algorithm: "a2c" },
  { algorithm: "vpg" },
  { algorithm: "ppo" },
  { algorithm: "a2c", options: { policy: "gru" } },
  { algorithm: "ppo", options: { trunk: "shared", continuous: "squashed-gaussian" } },
  { algorithm: "ppo", options: { continuous: "state-dependent", normaliseObservations: true, scaleRewards: true } },
];
const names = probeAlgorithm("a2c", { options: { hidden: [1], rolloutSteps: 1 } }).map(({ probe }) => probe);
const rows = [];
for (const { algorithm, options } of settings) {
  for (const probe of names) {
    const seen = {};
    const outcomes = new Set();
    let seconds = 0;
    for (let seed = 0; seed < SEEDS; seed++) {
      const start = process.cpuUsage();
      const [{ outcome, checks }] = probeAlgorithm(algorithm, { options, seed, probes: [probe] });
      const { user, system } = process.cpuUsage(start);
      seconds += (user + system) / 1e6 / SEEDS;
      outcomes.add(outcome);
      for (const { of, seen: value } of checks) (seen[of] ??= []).push(Number(value.toPrecision(4)));
    }
    const row = { algorithm, options, probe, outcomes: [...outcomes], seconds: Number(seconds.toFixed(2)), seen };
    rows.push(row);
    const figures = Object.entries(seen).map(([of, values]) => `${of}: ${values.join(" ")}`);
    console.log([algorithm, JSON.stringify(options ?? {}), probe, row.outcomes, row.seconds, ...figures].join("  "));
  }
}
const slowest = Math.max(...rows.filter(({ options }) => options === undefined).map(({ seconds }) => seconds));
const failed = rows.filter(({ outcomes }) => outcomes.includes("failed"));
console.log(
  `${rows.length} probes with ${SEEDS} seeds each: ${failed.length} failed, the slowest with default settings took ${slowest} s`,
);
const facts = { node: process.version, seeds: SEEDS, slowest, failed: failed.length };
const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
writeFileSync(
  new URL("probes.json", import.meta.url),
  `${JSON.stringify(facts, null, 2).slice(0, -2)},\n  "rows": [\n${lines}\n  ]\n}\n`,
);
if (failed.length > 0) process.exitCode = 1;
