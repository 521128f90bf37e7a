import type { RunNews, Task } from "./task.js";

/** What a job process is told: a run to train, or to save the one at work and train no other. */
export type JobOrder = { readonly train: Task } | { readonly stop: true };

/** What it tells. It is idle when it is through with a task, however that ended, and died if its thread did. */
export type JobNews = RunNews | { readonly kind: "idle" } | { readonly kind: "died"; readonly reason: string };
