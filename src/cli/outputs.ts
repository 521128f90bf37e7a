/** Standard output and standard error. Once one of them can't be written, nobody reads the program, and it ends. */

import { isatty } from "node:tty";
import { fileError } from "../node/file-error.js";
import { FAILED } from "./subcommand.js";

/** The exit codes that shells report for a process that SIGPIPE or SIGHUP ended: a closed pipe, a closed terminal. */
const BROKEN_PIPE = 141;
export const HUNG_UP = 129;
const CODES: ReadonlyMap<string | undefined, number> = new Map([
  ["EPIPE", BROKEN_PIPE],
  ["EIO", HUNG_UP],
]);

const STREAMS = { "standard output": process.stdout, "standard error": process.stderr };

let broken = false;
let reaction: (code: number) => void = leave;

/**
 * Watches both streams. Unless `onBrokenOutput` says otherwise, the first error ends the program at once. A program whose
 * terminal is closed when it has nothing left to write finds that out as it ends.
 */
export function watchOutputs(): void {
  process.on("exit", () => {
    const { stdin, stdout, stderr } = process;
    if (isGone([stdin, stdout, stderr], isatty)) hangUp();
  });
  for (const [name, stream] of Object.entries(STREAMS)) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      // Each write reports the error again.
      if (broken) return;
      broken = true;
      const code = CODES.get(error.code) ?? FAILED;
      if (code === FAILED && stream !== process.stderr)
        process.stderr.write(`ascent: ${fileError(name, "can't be written", error).message}\n`);
      reaction(code);
    });
  }
}

/** Calls `react` with the exit code instead of ending the program, for a command that has work to save. Returns the way back. */
export function onBrokenOutput(react: (code: number) => void): () => void {
  reaction = react;
  return () => {
    reaction = leave;
  };
}

/** Whether both outputs could be written so far. */
export function outputsWork(): boolean {
  return !broken;
}

function leave(code: number): void {
  if (code === HUNG_UP) hangUp();
  process.exit(code);
}

/**
 * Ends a program whose terminal is gone by SIGHUP, which shells report as `HUNG_UP`. At a usual exit Node restores the
 * terminal's settings, and aborts with a core dump where that fails.
 */
export function hangUp(): void {
  if (![process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY)) return;
  // A command that listens for it would be told, and go on.
  process.removeAllListeners("SIGHUP");
  process.kill(process.pid, "SIGHUP");
}

/** Whether a stream that was a terminal at the start is none any more. */
export function isGone(
  streams: readonly { readonly isTTY?: boolean; readonly fd: number }[],
  isTerminal: (fd: number) => boolean,
): boolean {
  return streams.some(({ isTTY, fd }) => isTTY === true && !isTerminal(fd));
}
