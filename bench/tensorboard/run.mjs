/**
 * Python's TensorBoard reads back what `--log tensorboard` writes. The run is killed twice and resumed, so that its event
 * files overlap; every curve must then have one point an update, with the values of metrics.jsonl as float32.
 *
 *     .venv/bin/pip install -r bench/requirements.txt
 *     PYTHON=.venv/bin/python node bench/tensorboard/run.mjs
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEvaluations, readMetrics } from "../../dist/node/index.js";

const PYTHON = process.env.PYTHON ?? "python3";
const MAIN = new URL("../../dist/cli/main.js", import.meta.url).pathname;
const READER = new URL("read_events.py", import.meta.url).pathname;

const folder = join(mkdtempSync(join(tmpdir(), "ascent-tensorboard-")), "run");
const options = ["--log", "tensorboard", "--eval-every", "5000"];
const settings = ["ppo", "CartPole-v1", "--steps", "60000", "--until", "end", "--checkpoint-seconds", "0.2"];

/** Runs the command, and kills it after so many updates. */
function train(args, most = Number.POSITIVE_INFINITY) {
  const child = spawn(process.execPath, [MAIN, "train", ...args, "--json"], { stdio: ["ignore", "pipe", "inherit"] });
  let updates = 0;
  child.stdout.setEncoding("utf8").on("data", (text) => {
    updates += text.split('{"type":"update"').length - 1;
    if (updates >= most) child.kill("SIGKILL");
  });
  return new Promise((resolve) => child.on("exit", resolve));
}

await train([...settings, ...options, "--out", folder], 80);
await train(["--resume", folder], 60);
if ((await train(["--resume", folder])) !== 0) throw new Error("the run did not finish");

const updates = readMetrics(join(folder, "metrics.jsonl"));
const evaluations = readEvaluations(join(folder, "evaluations.jsonl"));
const files = readdirSync(folder).filter((name) => name.includes("tfevents"));
const paths = files.map((name) => join(folder, name));
const read = execFileSync(PYTHON, [READER, folder, ...paths], { encoding: "utf8", maxBuffer: 2 ** 28 });
const { version, curves, lossesInFiles } = JSON.parse(read);

const point = (value) => (update) => [update.steps, Math.fround(value(update))];
const wanted = {
  "time/total_timesteps": updates.map(point(({ steps }) => steps)),
  "rollout/ep_rew_mean": updates
    .filter(({ episodes }) => episodes > 0)
    .map(point(({ averageReturn }) => averageReturn)),
  "train/loss": updates.map(point(({ diagnostics }) => diagnostics.loss)),
  "train/entropy_loss": updates.map(point(({ diagnostics }) => -diagnostics.entropy)),
  "train/approx_kl": updates.map(point(({ diagnostics }) => diagnostics.klK3)),
  "eval/mean_reward": evaluations.map(point(({ mean }) => mean)),
};
const same = Object.entries(wanted).map(([tag, points]) => [
  tag,
  JSON.stringify(curves[tag]) === JSON.stringify(points),
]);
const once = Object.entries(curves).filter(
  ([, points]) => new Set(points.map(([step]) => step)).size === points.length,
);
const results = {
  tensorboard: version,
  node: process.version,
  eventFiles: files.length,
  updates: updates.length,
  lossesInFiles,
  evaluations: evaluations.length,
  tags: Object.keys(curves).sort(),
  tagsWithoutRepeatedSteps: once.length,
  asInMetrics: Object.fromEntries(same),
};
console.log(JSON.stringify(results, null, 2));
const overlap = files.length === 3 && lossesInFiles > updates.length;
const good = overlap && once.length === results.tags.length && same.every(([, equal]) => equal);
if (!good) throw new Error("TensorBoard reads something else than metrics.jsonl has");
writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
