import type { Flags } from "./arguments.js";

/** One command of the program: plain data and a function, so that help, parsing and tests read the same thing. */
export interface Command {
  /** Such as `ascent watch [run] [options]`. */
  readonly usage: string;
  readonly examples: readonly string[];
  /** Its flags, under headings for the help text; `args` are the arguments, on which some depend. */
  flags(args: readonly string[]): readonly FlagGroup[];
  /** Does the work and returns the exit code. Misuse throws; nothing has been written then. */
  run(args: readonly string[]): Promise<number>;
}

export interface FlagGroup {
  readonly heading: string;
  readonly flags: Flags;
}

/** Exit codes; a run stopped by a signal ends with 128 + its number, as shells expect. */
export const DONE = 0;
export const FAILED = 1;
export const MISUSED = 2;
