/** The built program when nobody reads what it writes. Run `npm run build` first. */

import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { startRun } from "../src/node/index.js";
import { readRecord } from "../src/node/run-record.js";
import { train } from "../src/training/train.js";
import { ascent, emptyPlace } from "./ascent-program.js";
import { root } from "./root.js";

const main = join(root, "dist/cli/main.js");
const place = emptyPlace();
const done = startRun(train({ preset: "exercise", episodes: 3, options: { hidden: [4] } }), {
  out: join(place, "done"),
});
for (const _ of done);
done.close("finished");

/** The end of a process, and what it wrote to a standard error that can be read. */
function endOf(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = "";
  child.stderr?.on("data", (text) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stderr })));
}

/** Runs the program with a reader of its standard output that is gone at once. */
function unread(args: readonly string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [main, ...args], { cwd: place, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout?.destroy();
  return endOf(child);
}

test.concurrent.each(["--help", "train ppo --help", "list", "evaluate done --json", "watch done --episodes 1000000"])(
  "ascent %s ends without a word where nobody reads its output",
  async (line) => {
    expect(await unread(line.split(" "))).toEqual({ code: 141, stderr: "" });
  },
);

test("the name of a folder can't command the terminal", async () => {
  const name = "red\x1b[31m\x9b2J";
  cpSync(join(place, "done"), join(place, "runs", name), { recursive: true });
  const lines = [
    ["list", "runs"],
    ["list", "runs", "--json"],
    ["export", name],
    ["evaluate", `${name}?`],
  ];
  const outcomes = await Promise.all(lines.map((line) => ascent(line, place)));
  expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0, 2]);
  for (const { stdout, stderr } of outcomes) {
    expect(stdout + stderr).toContain("red");
    expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]/u);
  }
});

/** Linux has a file that is always on a full disk. */
const noDisk = !existsSync("/dev/full");

test.concurrent.each([
  ["finds it closed", 141, ""],
  ["finds it on a full disk", 1, "ascent: standard output: can't be written: the disk is full (ENOSPC)\n"],
  ["finds its standard error on a full disk", 1, ""],
] as const)("a run that %s saves itself and is interrupted", async (what, code, stderr) => {
  if (noDisk && what.includes("full")) return;
  const folder = join(place, what.replaceAll(" ", "-"));
  // The lecture's preset warns on standard error before it begins.
  const args = ["train", "--preset", "lecture", "--episodes", "100000", "--json", "--out", folder];
  const full = () => openSync("/dev/full", "w");
  if (what === "finds it closed") expect(await unread(args).then((end) => end.code)).toBe(code);
  else {
    const ofError = what.includes("error");
    const stdio = ofError ? (["ignore", "ignore", full()] as const) : (["ignore", full(), "pipe"] as const);
    const end = await endOf(spawn(process.execPath, [main, ...args], { stdio: [...stdio] }));
    expect(end.code).toBe(code);
    expect(end.stderr.replace(/^Warning: .*\n/, "")).toBe(stderr);
  }
  expect(readRecord(folder).status).toBe("interrupted");
  expect(readdirSync(folder)).toContain("checkpoint.safetensors");
  expect(readdirSync(folder)).not.toContain("lock");
});

/** The `script` of util-linux runs a program in a terminal of its own. */
const SCRIPT = "/usr/bin/script";
const terminals = process.platform === "linux" && existsSync(SCRIPT);

test.skipIf(!terminals).concurrent.each([
  ["and sends SIGHUP", ""],
  ["and only its errors tell (EIO)", "setsid --wait "],
])("a run whose terminal is closed, %s, saves itself and is interrupted", async (_, prefix) => {
  const folder = join(place, prefix === "" ? "hung-up" : "errors");
  const command = `${prefix}${process.execPath} ${main} train --episodes 100000 --until end --out ${folder}`;
  const terminal = spawn(SCRIPT, ["-qfec", command, "/dev/null"], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, TERM: "xterm" },
  });
  await new Promise<void>((resolve) => {
    let text = "";
    terminal.stdout.on("data", (part) => {
      text += part;
      if (text.includes("last 100")) resolve();
    });
  });
  terminal.kill("SIGKILL");
  await vi.waitFor(() => expect(readdirSync(folder)).not.toContain("lock"), { timeout: 10_000 });
  expect(readRecord(folder).status).toBe("interrupted");
  expect(readdirSync(folder)).toContain("checkpoint.safetensors");
});

test
  .skipIf(!terminals)
  .concurrent("Ctrl-C is answered where an environment never returns, and a second one ends the program", async () => {
    const folder = join(place, "stuck");
    const module = join(root, "test/programs/stuck-env.mjs");
    const command = `${process.execPath} ${main} train ${module}:Stuck-v0 --checkpoint-seconds 0 --out ${folder}`;
    const terminal = spawn(SCRIPT, ["-qfec", command, "/dev/null"], {
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, TERM: "dumb" },
    });
    const seen: string[] = [];
    terminal.stdout.on("data", (part) => {
      const text = String(part);
      const reply = /never to return|Ctrl-C again ends it at once/.exec(text)?.[0];
      if (reply === undefined) return;
      seen.push(reply);
      // The process that answers has to start first.
      setTimeout(() => terminal.stdin.write("\x03"), seen.length === 1 ? 2000 : 0);
    });
    await new Promise((resolve) => terminal.on("close", resolve));
    expect(seen).toEqual(["never to return", "Ctrl-C again ends it at once"]);
    expect(readdirSync(folder)).toContain("checkpoint.safetensors");
  });
