/** A chapter of the lecture in parts: text, programs with what they print, and claims. */

import { html, inlineHtml } from "./markdown.js";

export type Part =
  | { readonly kind: "text"; readonly html: string }
  | { readonly kind: "cell"; readonly id: string; readonly code: string; readonly output: string }
  | { readonly kind: "claims"; readonly claims: readonly ClaimText[] };

/** A claim as the page has it. Texts are HTML. */
export interface ClaimText {
  readonly number: number;
  readonly says: string;
  readonly verdict: string;
  readonly because: string;
  readonly measured: string;
}

export interface Chapter {
  readonly number: number;
  readonly title: string;
  readonly parts: readonly Part[];
}

/** A program with its output, or a table of claims. */
const SPECIAL =
  /^```ts\n([\s\S]*?)^```\n\n<!-- output -->\n\n```text\n([\s\S]*?)^```\n\n<!-- end -->|^<!-- from the code: claims \d+ -->\n\n([\s\S]*?)<!-- end -->/gm;

export function chapterOf(number: number, page: string): Chapter {
  const [heading, title] = /^# (.*)\n/.exec(page) ?? ["", ""];
  const text = page.slice(heading.length);
  const parts: Part[] = [];
  const add = (piece: string): void => {
    if (piece.trim() !== "") parts.push({ kind: "text", html: html(piece) });
  };
  let at = 0;
  let cells = 0;
  for (const { index, 0: whole, 1: code, 2: output, 3: table } of text.matchAll(SPECIAL)) {
    add(text.slice(at, index));
    at = index + whole.length;
    if (table === undefined) parts.push({ kind: "cell", id: `${number}-${++cells}`, code, output });
    else parts.push({ kind: "claims", claims: claimsOf(table) });
  }
  add(text.slice(at));
  return { number, title, parts };
}

function claimsOf(table: string): ClaimText[] {
  const [, , ...rows] = table.trim().split("\n");
  return rows.map((row) => {
    const [number, says, verdict, because, measured] = row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => inlineHtml(cell.trim().replaceAll("\\|", "|")));
    return { number: Number(number), says, verdict: verdict.replaceAll(/<[^>]*>/g, ""), because, measured };
  });
}

/**
 * A program as a module with the one function `run`. A module runs once, but a program runs as often as a reader likes: so its
 * imports stay, and the rest becomes the function's body.
 */
export function cellModule(code: string): string {
  const imports = /^(?:import [\s\S]*?;\n|\n)*/.exec(code)?.[0] ?? "";
  return `${imports}export async function run(console: Pick<Console, "log">): Promise<void> {\n${code.slice(imports.length)}}\n`;
}
