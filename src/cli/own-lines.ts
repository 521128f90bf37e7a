/** Where in the user's own code an error arose. */

import { fileURLToPath } from "node:url";

/** The folder of this package: lines of its files, and of Node, are not the user's. */
const OURS = fileURLToPath(new URL("../../", import.meta.url));
const MOST = 5;

/** Lines of the stack of what a user's function threw, those of Ascent and Node left out. */
export function ownLines({ cause }: Error): string[] {
  if (!(cause instanceof Error) || cause.stack === undefined) return [];
  const places = cause.stack.split("\n").filter((line) => /^\s+at /.test(line));
  const own = places.filter((line) => !line.includes("node:") && !decoded(line).includes(OURS));
  return own.slice(0, MOST);
}

function decoded(line: string): string {
  const url = /file:\/\/[^)\s]*?(?=:\d+:\d+|\))/.exec(line)?.[0];
  return url === undefined ? line : line.replace(url, fileURLToPath(url));
}
