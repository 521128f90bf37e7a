/** Runs a program of a page. */

import { register } from "node:module";
import { format } from "node:util";

/** A module of the same text is loaded once only. The number makes each text another one. */
let cells = 0;

/**
 * Runs a cell, an ES module without types, in this process, and returns what it logs. In it `ascent` is this very copy of
 * Ascent.
 *
 * @throws what the cell throws
 */
export async function runCell(code: string): Promise<string> {
  if (cells === 0) register("../exercise/ascent-here.js", import.meta.url);
  cells++;
  const lines: string[] = [];
  const { log } = console;
  console.log = (...values) => void lines.push(format(...values));
  try {
    await import(`data:text/javascript,${encodeURIComponent(`${code}\n// ${cells}`)}`);
  } finally {
    console.log = log;
  }
  return lines.map((line) => `${line}\n`).join("");
}
