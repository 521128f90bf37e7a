/**
 * The thread that starts the workers and hears how they end. The main thread waits for workers with `Atomics.wait`, in which
 * no event reaches it: it would wait for ever for one that has died, whether of `process.exit`, of an error that nobody
 * caught, or of a full memory. This thread waits for nothing else.
 */

import { type MessagePort, Worker, workerData } from "node:worker_threads";
import { plainError } from "./plain-error.js";
import { Turns } from "./shared-memory.js";
import type { WorkerTask } from "./worker.js";

/** What the supervisor is given. Word 0 of `words` is its own, and says that it lives. */
export interface SupervisorTask {
  readonly words: SharedArrayBuffer;
  readonly tasks: readonly WorkerTask[];
  /** One a worker. The reason for its end is posted here before the main thread is woken. */
  readonly exitReasons: readonly MessagePort[];
}

const { words, tasks, exitReasons } = workerData as SupervisorTask;
new Turns(words, 0).done({ failed: false, ended: 0 });
tasks.forEach((task, k) => {
  const turns = new Turns(words, task.index);
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
