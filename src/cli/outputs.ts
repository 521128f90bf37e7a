/** Standard output and standard error. Once one of them can't be written, nobody reads the program, and it ends. */

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

/** Watches both streams. Unless `onBrokenOutput` says otherwise, the first error ends the program at once. */
export function watchOutputs(): void {
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
  if ([process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY)) process.kill(process.pid, "SIGHUP");
}
