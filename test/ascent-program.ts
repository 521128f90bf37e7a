/** Runs the built program. Run `npm run build` first. */

import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { root } from "./root.js";

const main = join(root, "dist/cli/main.js");
const plain = { ...process.env, NO_COLOR: "", TERM: "xterm" };

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function emptyPlace(): string {
  return mkdtempSync(join(tmpdir(), "ascent-cli-"));
}

/** Starts the program in `cwd`; `onStart` is called at its first output. */
export function ascentAlone(
  args: readonly string[],
  cwd = emptyPlace(),
  onStart?: (child: ChildProcess) => void,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { cwd, env: plain });
    let stdout = "";
    let stderr = "";
    child.stdout.once("data", () => onStart?.(child));
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

const warm: ChildProcess[] = [];
afterAll(() => {
  for (const child of warm) child.disconnect();
});

type Program = (args: readonly string[], cwd?: string) => Promise<Outcome>;

/**
 * The program in one process for many command lines, since to start one costs more than most commands do. Names that a
 * command registers stay known to the next, and a signal ends all: `ascentAlone` is for those.
 */
export function warmProgram(): Program {
  let child: ChildProcess | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  return (args, cwd = emptyPlace()) => {
    const outcome = queue.then(async () => {
      if (!child) {
        child = fork(join(root, "test/programs/warm-program.mjs"), { env: plain });
        warm.push(child);
      }
      const answered = new AbortController();
      const { signal } = answered;
      const died = once(child, "exit", { signal }).then(([code]) => {
        throw new Error(`ascent ${args.join(" ")} ended the process for all, with code ${code}`);
      });
      child.send({ args, cwd });
      const [answer] = await Promise.race([once(child, "message"), died]);
      died.catch(() => {});
      answered.abort();
      return answer as Outcome;
    });
    queue = outcome.catch(() => {});
    return outcome;
  };
}

/** The program in one process for all of a test file. */
export const ascent: Program = warmProgram();
