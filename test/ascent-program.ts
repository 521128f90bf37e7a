/** Runs the built program in separate processes. Run `npm run build` first. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./source-tree.js";

const main = join(root, "dist/cli/main.js");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function emptyPlace(): string {
  return mkdtempSync(join(tmpdir(), "ascent-cli-"));
}

/** Starts the program in `cwd`; `onStart` is called at its first output. */
export function ascent(
  args: readonly string[],
  cwd = emptyPlace(),
  onStart?: (child: ChildProcess) => void,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: "", TERM: "xterm" },
    });
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
