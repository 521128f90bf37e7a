/**
 * The program of a job process. Its main thread only passes messages, so that it notices the end of its parent while the other
 * thread trains: without that, it would train on as an orphan.
 */

import { Worker } from "node:worker_threads";
import type { JobNews, JobOrder } from "./job-messages.js";

const memory = new SharedArrayBuffer(4);
const stop = new Int32Array(memory);
const thread = new Worker(new URL("./training-thread.js", import.meta.url), { workerData: memory });

thread.on("message", (news: JobNews) => process.send?.(news));
thread.on("error", (error) => die(String(error)));
thread.on("exit", (code) => die(`its thread ended with exit code ${code}`));

process.on("message", (order: JobOrder) => {
  if ("train" in order) thread.postMessage(order.train);
  else Atomics.store(stop, 0, 1);
});
process.on("disconnect", () => process.exit());
// A parent that was gone before this line leaves no event.
if (!process.connected) process.exit();
// A terminal sends Ctrl-C to all of its processes. The parent says what is to be done.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);

/** The state of the process is in doubt. The parent has another one try the run again. */
function die(reason: string): void {
  const news: JobNews = { kind: "died", reason };
  process.send?.(news, () => process.exit(1));
}
