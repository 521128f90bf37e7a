/**
 * Makes the table of scores: A2C and PPO with each preset on every control task, with at least ten seeds. The final policy is
 * evaluated by its most likely actions over 100 episodes.
 *
 *   npm run build && node bench/scores/run.mjs [--only ppo,zoo,CartPole-v1] [--seeds 10] [--jobs 2] [--again]
 *
 * The words of `--only` are algorithms, presets and environments; several of one kind are alternatives. Finished runs are
 * skipped without `--again`, and a killed run continues from its checkpoint. Results are in raw/, the table in docs/scores.md.
 * `--table` makes the table from the stored results and trains nothing.
 */
import { fork } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { listAlgorithms } from "../../dist/algorithms/index.js";
import { ConfigError, train } from "../../dist/index.js";
import { registerMujoco } from "../../dist/mujoco/index.js";
import { commit } from "../race.mjs";
import { ENVS } from "./published.mjs";
import { record, resultsFor } from "./raw.mjs";
import { page, printed, rowsOf } from "./table.mjs";

await registerMujoco();
const ALGORITHMS = ["a2c", "ppo"];
const PRESETS = ["zoo", "cleanrl", "default"];

const { values: given } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    seeds: { type: "string", default: "10" },
    jobs: { type: "string", default: "2" },
    again: { type: "boolean", default: false },
    table: { type: "boolean", default: false },
  },
});

const tasks = tasksAsked(given.only.flatMap((words) => words.split(",")));
const at = commit();
const queue = given.table ? [] : tasks.flatMap(unfinished);
const running = new Map();
let [done, failed] = [0, 0];
const began = performance.now();

await Promise.all(Array.from({ length: Math.min(Number(given.jobs), queue.length) }, worker));
status("");
const rows = rowsOf(everyTask());
writeFileSync(new URL("../../docs/scores.md", import.meta.url), page(rows));
console.log(printed(rows));
if (failed > 0) process.exitCode = 1;

/** All tasks that the words select, in the order of the table. */
function tasksAsked(words) {
  const algorithms = listAlgorithms();
  const names = algorithms.map(({ name }) => name);
  const presets = [...new Set([...PRESETS, ...algorithms.flatMap((algorithm) => Object.keys(algorithm.presets))])];
  for (const word of words) {
    if (![...names, ...presets, ...ENVS].includes(word)) {
      throw new Error(
        `--only ${word}: neither an algorithm (${names.join(", ")}) nor a preset (${presets.join(", ")}) nor one of ${ENVS.join(", ")}`,
      );
    }
  }
  const of = (kind, unlessNamed) => {
    const named = words.filter((word) => kind.includes(word));
    return named.length === 0 ? unlessNamed : named;
  };
  return product(of(names, ALGORITHMS), of(presets, PRESETS), of(ENVS, ENVS));
}

/** All tasks that may have results. */
function everyTask() {
  return product(ALGORITHMS, PRESETS, ENVS);
}

function product(names, presets, envs) {
  return names.flatMap((algorithm) => presets.flatMap((preset) => envs.map((env) => ({ algorithm, preset, env }))));
}

/** The runs that a task still needs; none if the preset does not cover the environment. */
function unfinished(task) {
  const algorithm = listAlgorithms().find(({ name }) => name === task.algorithm);
  if (algorithm?.presets[task.preset] === undefined) return [];
  const configFor = (seed) => ({ ...task, seed, stopWhenSolved: false });
  let config;
  try {
    ({ config } = train(configFor(0)));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`left out: ${nameOf(task)}: ${error.message}\n`);
    return [];
  }
  if (given.again) record(task, config, []);
  const finished = new Set(resultsFor(task, config).map((run) => run.seed));
  const seeds = Array.from({ length: Number(given.seeds) }, (_, seed) => seed).filter((seed) => !finished.has(seed));
  if (given.again) for (const seed of seeds) removeCheckpoint({ task, seed });
  return seeds.map((seed) => ({ task, config, seed, given: configFor(seed) }));
}

async function worker() {
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
    const name = `${nameOf(job.task)}, seed ${job.seed}`;
    try {
      const result = await finishedRun(job, name);
      record(job.task, job.config, [
        ...resultsFor(job.task, job.config).filter((run) => run.seed !== job.seed),
        { ...result, commit: at },
      ]);
      removeCheckpoint(job);
      done++;
      status(`${name}: ${result.mean.toFixed(2)} after ${result.steps} steps, ${result.seconds} s\n`);
    } catch (error) {
      failed++;
      status(`${name}: ${error.message}\n`);
    }
  }
}

function finishedRun(job, name) {
  return new Promise((resolve, reject) => {
    const program = fileURLToPath(new URL("one.mjs", import.meta.url));
    const child = fork(program, [JSON.stringify({ config: job.given, checkpoint: checkpointOf(job) })]);
    running.set(name, 0);
    let result;
    child.on("message", (message) => {
      if (message.result !== undefined) result = message.result;
      else running.set(name, message.share);
      status("");
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      running.delete(name);
      if (code === 0 && result !== undefined) resolve(result);
      else reject(new Error(`ended with ${signal ?? code}`));
    });
  });
}

function checkpointOf({ task, seed }) {
  const name = `${task.algorithm}-${task.preset}-${task.env}-${seed}.safetensors`;
  return fileURLToPath(new URL(`../.work/scores/${name}`, import.meta.url));
}

function removeCheckpoint(job) {
  for (const file of [checkpointOf(job), `${checkpointOf(job)}.json`]) rmSync(file, { force: true });
}

function nameOf({ algorithm, preset, env }) {
  return `${algorithm} ${preset} ${env}`;
}

/** Prints a line, and below it, on a terminal, the runs in progress. */
function status(line) {
  const onTerminal = process.stderr.isTTY;
  const hours = (performance.now() - began) / 3_600_000;
  const now = [...running].map(([name, share]) => `${name} ${Math.round(100 * share)} %`).join(" | ");
  process.stderr.write(
    onTerminal
      ? `\r\x1b[K${line}${now === "" ? "" : `${done} done, ${queue.length} waiting, ${hours.toFixed(2)} h: ${now}`}`
      : line,
  );
}
