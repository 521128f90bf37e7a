/** Runs trained by workers of a real queue have the bytes of runs trained here. Needs redis-server or PostgreSQL. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readQueueAddress } from "../src/node/queue/address.js";
import { openDepot } from "../src/node/queue/depots/open-depot.js";
import { QueueRunner, sweepKey } from "../src/node/queue/queue-runner.js";
import { codeOf } from "../src/node/queue/run-code.js";
import { openStore } from "../src/node/queue/store.js";
import { Pool } from "../src/node/sweeps/pool.js";
import type { RunNews, Task } from "../src/node/sweeps/task.js";
import { planSweep, runsOf } from "../src/sweeps/index.js";
import { registerBuiltIns } from "../src/training/built-ins.js";
import { postgresPrograms, redisProgram, type Server, startPostgres, startRedis } from "./servers.js";

const root = mkdtempSync(join(tmpdir(), "ascent-queue-"));
const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
  rmSync(root, { recursive: true, force: true });
});

const patience = { seconds: 20, say: () => undefined };
const plan = () => {
  registerBuiltIns();
  return planSweep({ algorithm: "reinforce", env: "CartPole-v1", episodes: 120, grid: { gamma: [0.9, 0.99] }, seeds: 3 });
};

function tasksIn(folder: string): Task[] {
  return runsOf(plan()).map((run) => ({
    ...run,
    folder: join(folder, run.id),
    imports: [],
    pauseAt: 1,
    endHopeless: false,
  }));
}

function worker(url: string): ChildProcess {
  const args = ["dist/cli/main.js", "worker", "--jobs", "1"];
  const child = spawn(process.execPath, args, { env: { ...process.env, ASCENT_QUEUE: url }, stdio: "pipe" });
  closing.push(() => child.kill("SIGKILL"));
  return child;
}

async function here(folder: string): Promise<Task[]> {
  const tasks = tasksIn(folder);
  const pool = new Pool(2);
  for (const task of tasks) pool.submit(task);
  for await (const _ of pool);
  await pool.close();
  return tasks;
}

describe.each([
  ["Redis", redisProgram(), startRedis],
  ["PostgreSQL", postgresPrograms(), startPostgres],
] as const)("a sweep over a queue in %s", (name, program, start) => {
  it.skipIf(program === undefined)("has the bytes of one that was trained here, though a worker is killed", async () => {
    const server: Server = await start("se cret");
    closing.push(() => server.close());
    const store = await openStore(readQueueAddress(server.url));
    const files = await openDepot(undefined, store);
    const code = codeOf([]);
    const sweep = sweepKey(plan(), code);
    const runner = new QueueRunner({ store, files, code, name: "test", sweep, patience, lookMs: 100 });
    const tasks = tasksIn(join(root, name));
    for (const task of tasks) runner.submit(task);
    const workers = [worker(server.url), worker(server.url)];
    const news: RunNews[] = [];
    for await (const one of runner) {
      news.push(one);
      if (one.kind === "done" && news.filter(({ kind }) => kind === "done").length === 1) workers[0].kill("SIGKILL");
    }
    await runner.close();
    await files.depot.close();
    const done = news.flatMap((one) => (one.kind === "done" ? [one.id] : []));
    expect(done.sort()).toEqual(tasks.map(({ id }) => id).sort());
    const same = await here(join(root, `${name}-here`));
    for (const [i, { folder }] of tasks.entries()) {
      for (const file of ["checkpoint.safetensors", "metrics.jsonl", "best.safetensors", "outcome.json"]) {
        expect(readFileSync(join(folder, file)).equals(readFileSync(join(same[i].folder, file))), file).toBe(true);
      }
    }
  }, 120_000);
});
