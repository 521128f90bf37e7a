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

  it.skipIf(program === undefined)(
    "that is gone keeps neither a worker nor the sweep from an end",
    async () => {
      const server = await start("se cret");
      closing.push(() => server.close());
      const said: string[] = [];
      const queue = await openQueue(server.url, { say: (message) => said.push(message) });
      const child = worker(server.url);
      const { begun, ended } = watched(child);
      const endless = planSweep({ env: "CartPole-v1", episodes: 1e9, seeds: 1 });
      const sweep = startSweep(endless, { out: join(root, `${name}-gone`), queue });
      const news = newsOf(sweep);
      await begun;
      await server.kill();
      const asked = performance.now();
      child.kill("SIGINT");
      const [{ code, stderr }] = await Promise.all([ended, sweep.stop(), news]);
      await queue.close();
      // Three seconds for an answer, one for what ends then, and the rest for a busy machine. BullMQ would wait for ever.
      expect(performance.now() - asked).toBeLessThan(15_000);
      expect(code).toBe(130);
      expect(stderr).toContain(" does not answer: it is left without a word, and others take over");
      expect([stderr, ...said].join("\n")).not.toContain("cret");
    },
    120_000,
  );
});

/** When a worker has begun a run, and how it ends. */
function watched(child: ChildProcess): {
  begun: Promise<void>;
  ended: Promise<{ code: number | null; stderr: string }>;
} {
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const begun = new Promise<void>((resolve) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => text.includes("begins here") && resolve());
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, stderr }));
  });
  return { begun, ended };
}
