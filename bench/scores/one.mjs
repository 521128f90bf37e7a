/**
 * One run, in its own process, started by run.mjs. Trains to the end of the preset's budget and evaluates the final policy by
 * its most likely actions over 100 episodes. A run that is stopped, or that loses its parent, saves a checkpoint and continues
 * from there next time. A killed run loses at most a minute.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { evaluate, loadPolicy, make, resume, train } from "../../dist/index.js";
import { registerMujoco } from "../../dist/mujoco/index.js";

await registerMujoco();
const CHECKPOINT_SECONDS = 60;
const EPISODES = 100;
/** The curve has one point per twentieth of the budget. */
const POINTS = 20;

const { config, checkpoint } = JSON.parse(process.argv[2]);
const start = performance.now();
const { run, curve, secondsBefore } = begin();
const share = (update) =>
  Math.max(update.steps / (run.config.steps ?? Infinity), update.episodes / (run.config.episodes ?? Infinity));
let stopping = false;
for (const event of ["disconnect", "SIGINT", "SIGTERM"]) process.on(event, () => (stopping = true));
let saved = performance.now();
let told = 0;
while (!run.finished) {
  const update = run.advance(10_000);
  const now = performance.now();
  if (update !== undefined) {
    const point = Math.min(POINTS, Math.floor(share(update) * POINTS));
    while (curve.length < point) curve.push(rounded(update.averageReturn));
  }
  if (now - told > 1000) {
    told = now;
    await setImmediate();
    if (!stopping && update !== undefined) process.send({ share: share(update) });
  }
  if (stopping || now - saved > 1000 * CHECKPOINT_SECONDS) {
    save();
    saved = now;
  }
  if (stopping) process.exit(1);
}
const { steps, episodes, verdict, weightsSha256 } = run.result();
const seconds = secondsSoFar();
const best = run.bestPolicy();
const final = returnsOf(run.policy);
const result = {
  seed: Number(config.seed),
  mean: meanOf(final),
  // The best 20 episodes of training. If they are far above `mean`, the run learned and then got worse.
  keptMean: best === undefined ? null : meanOf(returnsOf(loadPolicy(best).policy)),
  steps,
  episodes,
  verdict: verdict.kind,
  weightsSha256,
  seconds: Math.round(10 * seconds) / 10,
  curve,
  returns: final.map(rounded),
};
// An open channel would keep this process alive.
process.send({ result }, () => process.disconnect());

function begin() {
  const fresh = train(config);
  try {
    const run = resume(new Uint8Array(readFileSync(checkpoint)));
    const { curve, seconds } = JSON.parse(readFileSync(`${checkpoint}.json`, "utf8"));
    if (JSON.stringify(run.config) === JSON.stringify(fresh.config)) return { run, curve, secondsBefore: seconds };
    process.stderr.write(`${checkpoint} is of other settings: begun anew\n`);
  } catch (error) {
    if (error.code !== "ENOENT") process.stderr.write(`${checkpoint}: ${error.message}: begun anew\n`);
  }
  return { run: fresh, curve: [], secondsBefore: 0 };
}

function secondsSoFar() {
  return secondsBefore + (performance.now() - start) / 1000;
}

/** The training run, and the data that we record beside it. */
function save() {
  mkdirSync(dirname(checkpoint), { recursive: true });
  const put = (file, content) => {
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  };
  put(`${checkpoint}.json`, JSON.stringify({ curve, seconds: secondsSoFar() }));
  put(checkpoint, run.checkpoint());
}

function returnsOf(policy) {
  const seed = 1_000_000 + Number(config.seed);
  return evaluate(policy, make(config.env), { episodes: EPISODES, deterministic: true, seed }).returns;
}

function meanOf(values) {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function rounded(value) {
  return Math.round(1e4 * value) / 1e4;
}
