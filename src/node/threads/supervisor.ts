/**
 * The thread that starts the workers and receives their exit events. The main thread waits with `Atomics.wait`, during which
 * it receives no events, so it would wait for ever for a worker that died from `process.exit`, an uncaught error or a lack
 * of memory. This thread wakes it.
 */

import { type MessagePort, Worker, workerData } from "node:worker_threads";
import { plainError } from "./plain-error.js";
import { WorkerTurns } from "./shared-memory.js";
import type { WorkerTask } from "./worker.js";

/** The data that the supervisor starts with. It sets word 0 of `words` when it runs. */
export interface SupervisorTask {
  readonly words: SharedArrayBuffer;
  readonly tasks: readonly WorkerTask[];
  /** One port per worker. The reason of its exit is posted here before the main thread is woken. */
  readonly exitReasons: readonly MessagePort[];
}

const { words, tasks, exitReasons } = workerData as SupervisorTask;
new WorkerTurns(words, 0).done({ failed: false, ended: 0 });
tasks.forEach((task, k) => {
  const turns = new WorkerTurns(words, task.index);
  const end = (reason: unknown): void => {
    exitReasons[k].postMessage(plainError(reason));
    turns.markEnded();
  };
  try {
    let reason: unknown;
    const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: task, transferList: [task.port] });
    worker.on("error", (error) => {
      reason = error;
    });
    worker.on("exit", (code) => end(reason ?? new Error(`it ended with exit code ${code}`)));
  } catch (error) {
    end(error);
  }
});
