/** Sweeps run the built program. Run `npm run build` first. */

import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { openSweep, resumeSweep, startSweep } from "../dist/node/index.js";
import type { SweepPlan } from "../src/sweeps/plan.js";
import { trainNamed } from "../src/training/train.js";
import type { NamedConfig } from "../src/training/types.js";
import { root } from "./root.js";

const place = mkdtempSync(join(tmpdir(), "ascent-sweeps-"));

function planOf(configs: readonly NamedConfig[], seeds: number): SweepPlan {
  const cells = configs.map((given) => {
    const { seed: _, ...config } = trainNamed({ ...given, options: { hidden: [8], ...given.options } }).config;
    return { settings: { env: config.env }, config };
  });
  return { varied: ["env"], cells, seeds: Array.from({ length: seeds }, (_, i) => String(i)), until: null };
}

const EXACT = ["checkpoint.safetensors", "best.safetensors", "metrics.jsonl", "outcome.json"];
function filesOf(folder: string): Record<string, string> {
  const runs = readdirSync(join(folder, "runs"));
  const paths = runs.flatMap((run) => EXACT.map((name) => join("runs", run, name)));
  return Object.fromEntries(
    ["results.json", ...paths].map((path) => [path, readFileSync(join(folder, path)).toString("base64")]),
  );
}

/** The program that trains a sweep to its end, and what it printed. */
function program(
  folder: string,
  { host = "here", dies = false } = {},
): { child: ChildProcess; lines: string[]; end: Promise<void> } {
  const pretend = ["--import", join(root, "test/programs/pretend-host.mjs")];
  const args = [folder, ...(dies ? ["dies"] : [])];
  const child = spawn(process.execPath, [...pretend, join(root, "test/programs/sweep.mjs"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PRETEND_HOST: host },
  });
  const lines: string[] = [];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => lines.push(...text.trim().split("\n")));
  return { child, lines, end: new Promise((resolve) => child.on("close", () => resolve())) };
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it("a sweep that is killed with its jobs, resumed, stopped and resumed leaves the bytes of one that nobody stopped", async () => {
  const plan = planOf([{ env: "CartPole-v1", episodes: 80 }], 3);
  const calm = startSweep(plan, { out: join(place, "calm"), jobs: 2 });
  const done: string[] = [];
  for await (const news of calm) if (news.kind === "done") done.push(news.id);
  expect(done.sort()).toEqual(calm.runs.map(({ id }) => id).sort());
  expect(calm.complete).toBe(true);

  const { folder } = startSweep(plan, { out: join(place, "killed") });
  const first = program(folder, { dies: true });
  await first.end;
  expect(first.child.signalCode).toBe("SIGKILL");
  const jobs = first.lines.flatMap((line) => (/^job \d+$/.test(line) ? Number(line.slice(4)) : []));
  expect(jobs).toHaveLength(1);
  // The jobs of a dead parent end by themselves.
  for (let tries = 0; tries < 100 && jobs.some(lives); tries++) await setTimeout(50);
  expect(jobs.filter(lives)).toEqual([]);
  expect(openSweep(folder).outcomes.size).toBeLessThan(3);

  const second = program(folder);
  while (!second.lines.includes("begun")) await setTimeout(20);
  second.child.kill("SIGTERM");
  await second.end;
  expect(second.lines.at(-1)).toBe("stopped");
  for await (const _ of resumeSweep(folder, { jobs: 2 }));
  expect(filesOf(folder)).toEqual(filesOf(calm.folder));
  expect(openSweep(folder).outcomes).toEqual(calm.outcomes);
});

it("a job whose parent is gone before it has begun ends too", async () => {
  const job = fork(join(root, "dist/node/sweeps/job-process.js"));
  job.disconnect();
  expect(await once(job, "exit")).toEqual([0, null]);
});

it("two machines that resume a sweep in a shared folder train each run once", async () => {
  const plan = planOf([{ env: "CartPole-v1", episodes: 40 }], 4);
  const { folder } = startSweep(plan, { out: join(place, "shared") });
  const machines = ["ada", "bob"].map((host) => program(folder, { host }));
  await Promise.all(machines.map(({ end }) => end));
  for (const { lines } of machines) expect(lines.at(-1)).toBe("complete");
  const alone = startSweep(plan, { out: join(place, "alone"), jobs: 2 });
  for await (const _ of alone);
  expect(filesOf(folder)).toEqual(filesOf(alone.folder));
});

it("a process that dies loses only its run, which is tried again, three times at most", async () => {
  const path = join(root, "test/programs/crashing-env.mjs");
  process.env.CRASHED_ONCE = join(place, "crashed");
  await import(path);
  const plan = planOf(
    ["CrashesOnce-v0", "CrashesAlways-v0", "CartPole-v1"].map((env) => ({ env, episodes: 20 })),
    1,
  );
  const sweep = startSweep(plan, { out: join(place, "crashes"), jobs: 1, imports: [{ module: path, path }] });
  for await (const _ of sweep);
  expect(existsSync(process.env.CRASHED_ONCE)).toBe(true);
  const [once, always, cartPole] = sweep.runs.map(({ id }) => id);
  expect([...sweep.outcomes.keys()].sort()).toEqual([once, cartPole].sort());
  expect([...sweep.broken.values()]).toEqual([
    {
      id: always,
      error: { name: "Error", message: expect.stringMatching(/died 3 times, at last since it ended by SIGKILL/) },
    },
  ]);
  expect(existsSync(join(sweep.folder, "results.json"))).toBe(false);
});

it("a folder with another plan, and code that has changed, are refused by what is different", async () => {
  const module = join(place, "own.mjs");
  writeFileSync(module, "export {};\n");
  const plan = planOf([{ env: "CartPole-v1", episodes: 2 }], 1);
  const imports = [{ module: "./own.mjs", path: module }];
  const { folder } = startSweep(plan, { out: join(place, "begun"), imports });
  const other = { ...plan, seeds: ["0", "1"] };
  expect(() => startSweep(other, { out: folder })).toThrow(
    'another sweep: plan.seeds is ["0","1"] here and ["0"] there',
  );
  expect(() => startSweep(plan, { out: folder })).toThrow("holds this very sweep (to go on with it: --resume)");
  expect(() => resumeSweep(folder, { plan: other })).toThrow("plan.seeds is");
  expect(() => resumeSweep(place)).toThrow("the folder of a sweep (one that holds sweep.json)");
  writeFileSync(module, "export const changed = 1;\n");
  expect(() => resumeSweep(folder)).toThrow("Changed: ./own.mjs, or what it imports, is not as it was");
  for await (const _ of resumeSweep(folder, { otherCode: true, jobs: 1 }));
  const { record, outcomes } = openSweep(folder);
  expect(outcomes.size).toBe(1);
  expect(record.earlier).toHaveLength(1);
  for await (const _ of resumeSweep(folder, { more: other, jobs: 1 }));
  expect(openSweep(folder)).toMatchObject({ record: { plan: { seeds: ["0", "1"] } }, outcomes: { size: 2 } });
  expect(record.earlier[0].imports[0].sha256).not.toBe(record.imports[0].sha256);
});
