import type { Flags } from "./arguments.js";
import type { CommandLine } from "./imports.js";
import type { Token } from "./tokens.js";

/** One command of the program: plain data and a function, so that help, parsing and tests read the same thing. */
export interface Subcommand {
  /** Such as `ascent watch [run] [options]`. */
  readonly usage: string;
  readonly examples: readonly string[];
  /** Its flags, under headings for the help text; some depend on what was typed. */
  flags(tokens: readonly Token[]): readonly FlagGroup[];
  /** Does the work and returns the exit code. Misuse throws; nothing has been written then. */
  run(line: CommandLine): Promise<number>;
}

export interface FlagGroup {
  readonly heading: string;
  readonly flags: Flags;
}

/** Exit codes; a run stopped by a signal ends with 128 + its number, as shells expect. */
export const DONE = 0;
export const FAILED = 1;
export const MISUSED = 2;
