/** Runs trained by workers of a real queue have the bytes of runs trained here. Needs redis-server or PostgreSQL. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openQueue, type Sweep, type SweepNews, startSweep } from "../dist/node/index.js";
import { planSweep } from "../dist/sweeps/index.js";
import { postgresPrograms, redisProgram, startPostgres, startRedis } from "./servers.js";

const root = mkdtempSync(join(tmpdir(), "ascent-queue-"));
const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
  rmSync(root, { recursive: true, force: true });
});

const plan = planSweep({
  algorithm: "reinforce",
  env: "CartPole-v1",
  episodes: 30,
  grid: { gamma: [0.9, 0.99] },
  seeds: 3,
});

/** Locks are short, so that the run of a worker that was killed is soon begun again. */
function worker(url: string): ChildProcess {
  const args = ["dist/cli/main.js", "worker", "--jobs", "1", "--lease", "5"];
  const child = spawn(process.execPath, args, { env: { ...process.env, ASCENT_QUEUE: url }, stdio: "pipe" });
  closing.push(() => child.kill("SIGKILL"));
  return child;
}

async function newsOf(sweep: Sweep, react: (news: SweepNews) => void = () => undefined): Promise<SweepNews[]> {
  const all: SweepNews[] = [];
  for await (const news of sweep) {
    all.push(news);
    react(news);
  }
  return all;
}

const here = join(root, "here");

describe.each([
  ["Redis", "though a worker is killed", redisProgram(), startRedis],
  ["PostgreSQL", "with both workers alive", postgresPrograms(), startPostgres],
] as const)("a sweep over a queue in %s", (name, how, program, start) => {
  it.skipIf(program === undefined)(
    `has the bytes of one that was trained here, ${how}`,
    async () => {
      const server = await start("se cret");
      closing.push(() => server.close());
      const queue = await openQueue(server.url);
      const workers = [worker(server.url), worker(server.url)];
      const out = join(root, name);
      const news = await newsOf(startSweep(plan, { out, queue }), ({ kind }) => {
        if (kind === "done" && name === "Redis") workers.shift()?.kill("SIGKILL");
        if (kind === "done" && workers.length === 0) workers.push(worker(server.url));
      });
      expect(news.filter(({ kind }) => kind === "broken")).toEqual([]);
      expect(await queue.status()).toEqual([]);
      await queue.close();
      expect(news.filter(({ kind }) => kind === "done")).toHaveLength(6);
      if (name === "Redis" || redisProgram() === undefined) await newsOf(startSweep(plan, { out: here }));
      const ids = news.flatMap((one) => (one.kind === "done" ? [`runs/${one.id}`] : []));
      const files = ["checkpoint.safetensors", "metrics.jsonl", "best.safetensors", "outcome.json"];
      for (const file of ["results.json", ...ids.flatMap((id) => files.map((one) => `${id}/${one}`))])
        expect(readFileSync(join(out, file)).equals(readFileSync(join(here, file))), file).toBe(true);
    },
    120_000,
  );
});
