/**
 * One run, in a process of its own: trains to the end of the preset's budget and evaluates the policy that came out of it, by
 * its likeliest actions, over 100 episodes. Killed on the way, it goes on from its checkpoint the next time. Started by run.mjs.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { evaluate, loadPolicy, make, resume, train } from "../../dist/index.js";

const CHECKPOINT_SECONDS = 60;
const EPISODES = 100;
/** The curve has one point for each twentieth of the budget. */
const POINTS = 20;

const { config, checkpoint } = JSON.parse(process.argv[2]);
const start = performance.now();
const { run, curve, secondsBefore } = begin();
const share = (update) =>
  Math.max(update.steps / (run.config.steps ?? Infinity), update.episodes / (run.config.episodes ?? Infinity));
let saved = performance.now();
let told = 0;
while (!run.finished) {
  const update = run.advance(10_000);
  const now = performance.now();
  if (update !== undefined) {
    const point = Math.min(POINTS, Math.floor(share(update) * POINTS));
    while (curve.length < point) curve.push(rounded(update.averageReturn));
    if (now - told > 1000) {
      process.send({ share: share(update) });
      told = now;
    }
  }
  if (now - saved > 1000 * CHECKPOINT_SECONDS) {
    save();
    saved = now;
  }
}
const { steps, episodes, verdict, weightsSha256 } = run.result();
const seconds = secondsSoFar();
const best = run.bestPolicy();
const final = returnsOf(run.policy);
process.send({
  result: {
    seed: Number(config.seed),
    mean: meanOf(final),
    // The policy of the best 20 episodes of training: far above `mean`, it says that the run had learned and lost it again.
    keptMean: best === undefined ? null : meanOf(returnsOf(loadPolicy(best).policy)),
    ...{ steps, episodes, verdict: verdict.kind, weightsSha256 },
    seconds: Math.round(10 * seconds) / 10,
    curve,
    returns: final.map(rounded),
  },
});

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

/** The run, and beside it what is not part of it. */
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
