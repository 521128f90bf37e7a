import type { Flags } from "./arguments.js";
import type { CommandLine } from "./imports.js";
import type { Token } from "./tokens.js";

/** One command of the program: plain data and a function, so that help, parsing and tests read the same thing. */
export interface Subcommand {
  /** The usage line, such as `ascent watch [run] [options]`. */
  readonly usage: string;
  readonly examples: readonly string[];
  /** Its flags under the headings of the help text. They may depend on the typed tokens. */
  flags(tokens: readonly Token[]): readonly FlagGroup[];
  /** Runs the command and returns the exit code. It throws on misuse, before it writes anything. */
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
