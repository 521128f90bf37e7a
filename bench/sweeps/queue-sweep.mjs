// What the benchmarks of queues share: servers, and workers as processes that can be killed.
import { spawn } from "node:child_process";
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
