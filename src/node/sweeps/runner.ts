import type { SweepNews, Task } from "./task.js";

/** Whoever trains the runs of a sweep: the processes of this machine, or the workers of a queue. */
export interface Runner extends AsyncIterable<SweepNews> {
  /** Adds a task, also while others are at work. The iteration ends when no task is left. */
  submit(task: Task): void;
  /** Has what is at work saved, and lets go of it. Tasks that wait are dropped. */
  close(): Promise<void>;
  /** Lets go of everything at once. */
  kill(): void;
}
