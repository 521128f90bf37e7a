import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { RunOutcome } from "../../sweeps/outcome.js";
import { planSweep } from "../../sweeps/plan-sweep.js";
import type { Runner } from "./runner.js";
import { Sweep } from "./sweep.js";
import type { RunNews, Task } from "./task.js";

/** Tells of each run that its environment has thrown. */
function failingRunner(): Runner {
  const tasks: Task[] = [];
  async function* news(): AsyncGenerator<RunNews> {
    for (const { id, config, until } of tasks.splice(0))
      yield { kind: "done", id, outcome: { id, config, until, end: "failed", error: "away" } as unknown as RunOutcome };
  }
  return {
    submit: (task) => void tasks.push(task),
    close: async () => undefined,
    kill: () => undefined,
    [Symbol.asyncIterator]: news,
  };
}

it("a sweep whose runs have failed has its results too, failures among them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ascent-sweep-"));
  const plan = planSweep({ env: "CartPole-v1", episodes: 1, grid: { gamma: [0.9, 0.99] }, seeds: 1 });
  const sweep = new Sweep({ folder, plan, imports: [], endHopeless: false, shard: undefined, runner: failingRunner() });
  for await (const _ of sweep);
  expect(sweep.complete).toBe(true);
  const results = JSON.parse(readFileSync(join(folder, "results.json"), "utf8")) as RunOutcome[];
  expect(results.map(({ end, config }) => [end, config.options.gamma])).toEqual([
    ["failed", 0.9],
    ["failed", 0.99],
  ]);
});
