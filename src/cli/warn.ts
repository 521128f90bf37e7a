import { oneLine } from "./printable.js";

/** Writes a line to standard error, for people, beside what a command prints. */
export function warn(line: string): void {
  process.stderr.write(`${oneLine(line)}\n`);
}
