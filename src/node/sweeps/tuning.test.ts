import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { resumeTuning, startTuning } from "./start-tuning.js";
import type { RunNews, Task } from "./task.js";
import { trainTask } from "./train-task.js";
import { RESULT } from "./tune-folder.js";
import type { Runs, TuneNews, Tuning } from "./tuning.js";

/** Trains in this process, one task after the other, and dies after so many. */
class Here implements Runs {
  readonly trained: Task[] = [];
  private waiting: Task[] = [];
  private readonly dies: number;

  constructor(dies: number = Number.POSITIVE_INFINITY) {
    this.dies = dies;
  }

  submit(task: Task): void {
    this.waiting.push(task);
  }

  async close(): Promise<void> {
    this.waiting = [];
  }

  async *[Symbol.asyncIterator](): AsyncIterator<RunNews> {
    for (let task = this.waiting.shift(); task !== undefined; task = this.waiting.shift()) {
      if (this.trained.length === this.dies) throw new Error("killed");
      const news: RunNews[] = [];
      await trainTask(task, { stopped: () => false, tell: (one) => news.push(one) });
      this.trained.push(task);
      yield* news;
    }
  }
}

const place = mkdtempSync(join(tmpdir(), "tuning-"));
afterAll(() => rmSync(place, { recursive: true }));

const config = { algorithm: "reinforce", env: "Bandit-v0", episodes: 27, search: { episodesPerUpdate: [1, 3, 9] } };

async function carryOut(tuning: Tuning): Promise<TuneNews[]> {
  const all: TuneNews[] = [];
  for await (const news of tuning) all.push(news);
  return all;
}

it("a study that was killed at any moment ends with the same result, and trains no leg twice", async () => {
  const whole = new Here();
  const folder = join(place, "whole");
  const news = await carryOut(startTuning(config, { rounds: 1, jobs: 2, out: folder, runs: whole }));
  const result = readFileSync(join(folder, RESULT), "utf8");
  expect(news.at(-1)).toMatchObject({ kind: "found", findings: { usual: { point: 0 }, cost: { fresh: 20 } } });
  expect(JSON.parse(result)).toMatchObject({ rounds: 1, candidate: { returns: { length: 10 } } });

  const parts = join(place, "parts");
  let trained = 0;
  for (let begun = false, over = false; !over; begun = true) {
    const runs = new Here(17);
    const options = { rounds: 1, jobs: 1, runs };
    const tuning = begun ? resumeTuning(parts, { jobs: 3, runs }) : startTuning(config, { ...options, out: parts });
    over = await carryOut(tuning).then(
      () => true,
      () => false,
    );
    trained += runs.trained.length;
  }
  expect(readFileSync(join(parts, RESULT), "utf8")).toBe(result);
  expect(trained).toBe(whole.trained.length);
});
