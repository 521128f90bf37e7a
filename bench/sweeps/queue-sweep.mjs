// What the benchmarks of queues share: servers, workers as processes that can be killed, and digests of what a sweep leaves.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { postgresPrograms, redisProgram, startPostgres, startRedis } from "../servers.mjs";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const PASSWORD = "p@ss w/rd";

/** A server of its own for a benchmark. */
export function startStore(name) {
  const [program, start] = name === "postgres" ? [postgresPrograms(), startPostgres] : [redisProgram(), startRedis];
  if (program === undefined) throw new Error(`${name} is not installed`);
  return start(PASSWORD);
}

/** `ascent worker` with one run at a time, and what it says. Its process group holds all its processes. */
export function startWorker(url) {
  const args = [main, "worker", "--jobs", "1", "--lease", "5", "--patience", "120"];
  const env = { ...process.env, ASCENT_QUEUE: url };
  const child = spawn(process.execPath, args, { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const worker = { said: "", ended: new Promise((resolve) => child.once("exit", resolve)), kill };
  for (const output of [child.stdout, child.stderr]) output.on("data", (text) => (worker.said += text));
  function kill() {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGKILL");
    return worker.ended;
  }
  process.once("exit", kill);
  return worker;
}

const EXACT = ["checkpoint.safetensors", "best.safetensors", "metrics.jsonl", "outcome.json"];

/** The SHA-256 of a file. */
export function digest(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

/** Digests of all files of a sweep that only its plan determines, by path. */
export function digests(folder) {
  const runs = readdirSync(join(folder, "runs")).sort();
  const files = runs.flatMap((run) => {
    const names = readdirSync(join(folder, "runs", run));
    return EXACT.filter((name) => names.includes(name)).map((name) => join("runs", run, name));
  });
  // A sweep that lacks a run has no results.
  const results = existsSync(join(folder, "results.json")) ? ["results.json"] : [];
  return Object.fromEntries([...results, ...files].map((path) => [path, digest(join(folder, path))]));
}

/** The first paths whose digests differ, and how many do. */
export function differences(expected, found) {
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])].filter((key) => expected[key] !== found[key]);
}
