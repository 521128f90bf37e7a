/**
 * The doctor on runs that learn: what it says of each, and how far each figure is from the doctor's limits.
 *
 *     npm run build && node bench/doctor/run.mjs [SEED]
 *
 * It judges every run at its end and, by its log, after each quarter. `results.json` gets the extremes over all runs of
 * seed 11, outside which the limits were drawn. Runs of another seed are held out: they are only judged.
 */
import { writeFileSync } from "node:fs";
import { diagnose, examine } from "../../dist/doctor/index.js";
import { make, trainNamed } from "../../dist/index.js";
import { medianOf, windowMediansOf } from "./figures.mjs";
import { healthyRuns } from "./healthy-runs.mjs";

const CALIBRATED = 11;
const seed = Number(process.argv[2] ?? CALIBRATED);
const extremes = {};
const runs = [];

for (const config of healthyRuns(seed)) {
  const run = trainNamed(config);
  const updates = [...run];
  const facts = { config: run.config, rewardThreshold: run.rewardThreshold, actionSpace: run.policy.actionSpace };
  const ofLog = (share) => diagnose({ ...facts, updates: updates.slice(0, Math.ceil(share * updates.length)) });
  const env = make(run.config.env, run.config.envOptions);
  const examination = examine(run.best(), env, { config: run.config });
  measure(run, updates, examination);
  const moments = [0.25, 0.5, 0.75, 1].map((share) =>
    [...ofLog(share), ...(share === 1 ? examination.findings : [])].map(({ severity, code }) => ({ severity, code })),
  );
  const { verdict } = run.result();
  runs.push({ ...config, verdict: verdict.kind, moments });
  const said = moments.map((findings) => findings.map(({ severity, code }) => `${severity} ${code}`).join(", ") || "-");
  console.log(`${config.algorithm} ${config.env} ${config.preset ?? "default"}: ${verdict.kind}. ${said.join(" | ")}`);
}

const count = (severity) =>
  Math.max(
    ...runs.flatMap(({ moments }) => moments.map((all) => all.filter((one) => one.severity === severity).length)),
  );
const most = { errors: count("error"), warnings: count("warning") };
console.log(`At most ${most.errors} errors and ${most.warnings} warnings at any moment of ${runs.length} runs.`);
console.table(extremes);
if (seed === CALIBRATED)
  writeFileSync(
    new URL("results.json", import.meta.url),
    `${JSON.stringify({ node: process.version, seed, most, extremes, runs }, null, 2)}\n`,
  );
if (most.errors > 0 || most.warnings > 1) process.exitCode = 1;

/** Adds the figures of one run to the extremes of all. */
function measure(run, updates, { observations, normalised, atBounds, layers, drawn, deterministic }) {
  const of = (name) => updates.map(({ diagnostics }) => diagnostics[name]).filter((value) => value !== undefined);
  const before = updates.filter(
    ({ episodes }) => episodes <= (run.result().solvedAtEpisode ?? Number.POSITIVE_INFINITY),
  );
  const norms = windowMediansOf(of("gradientNorm"));
  const entropy = of("entropy");
  const { actionSpace } = run.policy;
  note("gradientGrowth", Math.max(...norms) / norms[0]);
  if (run.rewardThreshold !== undefined) {
    const still = before.filter(({ diagnostics }) => diagnostics.gradientNorm <= 1e-10).length;
    note("zeroShare", still / before.length);
    note("gradientDecay", norms.at(-1) / norms[0]);
  }
  if (actionSpace.kind !== "box") note("entropyLeft", entropy.at(-1) / entropy[0]);
  else note("entropyGrowth", (Math.max(...entropy) - entropy[0]) / actionSpace.shape.reduce((a, b) => a * b, 1));
  if (of("klK3").length > 0) {
    note("kl", Math.max(...windowMediansOf(of("klK3"))));
    note("klSmall", medianOf(of("klK3")));
    note("clipFraction", Math.max(...windowMediansOf(of("clipFraction"))));
  }
  note("learningRate", of("learningRate")[0]);
  if (run.config.options.scaleRewards !== true) note("unscaledReturn", Math.abs(updates.at(-1).averageReturn));
  if (!normalised) {
    const deviations = observations.map(({ deviation }) => deviation).filter((deviation) => deviation > 0);
    if (deviations.length > 1) note("observationSpread", Math.max(...deviations) / Math.min(...deviations));
    note("observationSize", Math.max(...observations.flatMap(({ min, max }) => [Math.abs(min), Math.abs(max)])));
  }
  if (atBounds !== undefined) note("atBounds", atBounds);
  for (const { units, dead, saturated } of layers) {
    note("deadUnits", dead / units);
    note("saturatedUnits", saturated / units);
  }
  note("modeGap", (drawn.mean - deterministic.mean) / Math.max(Math.abs(drawn.mean), Math.abs(deterministic.mean)));
}

function note(name, value) {
  const { least, greatest } = extremes[name] ?? { least: value, greatest: value };
  const digits = Number(value.toPrecision(4));
  extremes[name] = { least: Math.min(least, digits), greatest: Math.max(greatest, digits) };
}
