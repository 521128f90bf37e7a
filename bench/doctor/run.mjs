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
  for (const share of [0.25, 0.5, 0.75, 1])
    measureMoment(share, updates.slice(0, Math.ceil(share * updates.length)), facts);
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

/** The two figures that the doctor judges only where the environment is not solved. */
function measureMoment(share, updates, { rewardThreshold = Number.POSITIVE_INFINITY }) {
  const returns = updates.flatMap((update) => update.returns);
  if (returns.length < 20 || meansOf(returns, 100).some((average) => average >= rewardThreshold)) return;
  const values = updates.map(({ diagnostics }) => diagnostics.explainedVariance).filter((value) => value !== undefined);
  const averages = meansOf(returns, 20);
  const best = Math.max(...averages);
  const lengths = updates.flatMap((update) => update.lengths).slice(-100);
  // Episodes of one step from one state leave nothing to predict. In the first half of a run, V may still be learning.
  const predictable = Math.max(...lengths) > 1 && Math.max(...returns) > Math.min(...returns);
  if (share > 0.5 && values.length >= 20 && predictable && averages.at(-1) < rewardThreshold)
    note("explainedVariance", medianOf(values.slice(values.length >> 1)));
  const recent = returns.slice(-200);
  const [mean] = meansOf(recent, recent.length);
  const [variance] = meansOf(
    recent.map((value) => (value - mean) ** 2),
    recent.length,
  );
  // The best of many averages is high by chance alone.
  const chance = 4 * Math.sqrt(variance / 20);
  const gained = best - averages[0];
  const lost = best - averages.at(-1);
  if (gained > chance && lost > chance && averages.length - averages.indexOf(best) > 40) note("lost", lost / gained);
}

/** The means of all windows of `size` values; none for fewer. */
function meansOf(values, size) {
  return values.slice(size - 1).map((_, i) => values.slice(i, i + size).reduce((sum, value) => sum + value, 0) / size);
}

function note(name, value) {
  const { least, greatest } = extremes[name] ?? { least: value, greatest: value };
  const digits = Number(value.toPrecision(4));
  extremes[name] = { least: Math.min(least, digits), greatest: Math.max(greatest, digits) };
}
