/** The thread of a job process that trains, one run after another. */

import { parentPort, workerData } from "node:worker_threads";
import type { JobNews } from "./job-messages.js";
import type { Task } from "./task.js";
import { trainTask } from "./train-task.js";

/** Its first word is set when the run at work is to be saved and left. */
const stop = new Int32Array(workerData as SharedArrayBuffer);
const tell = (news: JobNews): void => parentPort?.postMessage(news);

parentPort?.on("message", async (task: Task) => {
  await trainTask(task, { stopped: () => Atomics.load(stop, 0) === 1, tell });
  tell({ kind: "idle" });
});
