/**
 * Answers Ctrl-C while the main thread is busy. Node hands a signal to JavaScript only between two pieces of work, and one
 * may take long: a gradient step of a large network, the end of an update before it is saved, an environment that loops for
 * ever. Other threads get no signals, but a terminal sends Ctrl-C to all processes of the command, so a second one answers.
 */

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Starts the second process where there is a terminal. `message` is for a first Ctrl-C without an effect. Returns its end. */
export function startLookout(message: string): () => void {
  if (![process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY)) return () => undefined;
  const program = fileURLToPath(new URL("./lookout-program.js", import.meta.url));
  const child = spawn(process.execPath, [program, String(process.pid), message], {
    stdio: ["pipe", "ignore", "inherit"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  // Without the process, Ctrl-C has to wait as before.
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  child.unref();
  return () => void child.stdin.end();
}
