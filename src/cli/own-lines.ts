/** Finds the lines of the user's own code in the stack of an error. */

import { fileURLToPath } from "node:url";

/** The folder of this package. Its files are not the user's code. */
const OURS = fileURLToPath(new URL("../../", import.meta.url));
const MOST = 5;

/** The lines of an error's stack that are neither in Ascent nor in Node. */
export function ownLines({ cause }: Error): string[] {
  if (!(cause instanceof Error) || cause.stack === undefined) return [];
  const places = cause.stack.split("\n").filter((line) => /^\s+at /.test(line));
  const own = places.filter((line) => !isNative(line) && !decoded(line).includes(OURS));
  return own.slice(0, MOST);
}

/** Node's own lines, and the resumption of a generator, which has no place. */
function isNative(line: string): boolean {
  return line.includes("node:") || line.endsWith(".next (<anonymous>)");
}

function decoded(line: string): string {
  const url = /file:\/\/[^)\s]*?(?=:\d+:\d+|\))/.exec(line)?.[0];
  return url === undefined ? line : line.replace(url, fileURLToPath(url));
}
