import { oneLine } from "./printable.js";
import { wrapFor } from "./wrap.js";

/** Writes a message to standard error, for people, beside what a command prints. */
export function warn(message: string): void {
  process.stderr.write(`${wrapFor(process.stderr, oneLine(message))}\n`);
}
