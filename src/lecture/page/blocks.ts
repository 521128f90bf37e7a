/** A Markdown page of the lecture as a list of blocks. It reads the Markdown that the pages use, and no more. */

/** A piece of a page. */
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: string }
  | { readonly kind: "paragraph" | "item" | "formula" | "question"; readonly text: string }
  | { readonly kind: "picture"; readonly text: string; readonly path: string }
  | { readonly kind: "table"; readonly headings: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: "code"; readonly language: string; readonly code: string }
  /** A program that runs, and what it printed when the page was made. */
  | { readonly kind: "cell"; readonly code: string; readonly output: string }
  | { readonly kind: "answer"; readonly blocks: readonly Block[] };

/** How each kind of block begins, and where it ends. The first that fits a place is taken. */
const readers: readonly (readonly [begins: RegExp, read: (found: RegExpExecArray) => readonly Block[]])[] = [
  [
    /```ts\n([\s\S]*?)^```\n\n<!-- output -->\n\n```text\n([\s\S]*?)^```\n\n<!-- end -->/my,
    ([, code, output]) => [{ kind: "cell", code, output }],
  ],
  [/```(\S*)[^\n]*\n([\s\S]*?)```/y, ([, language, code]) => [{ kind: "code", language, code }]],
  [/<!--[\s\S]*?-->/y, () => []],
  [/\$\$([\s\S]*?)\$\$/y, ([, text]) => [{ kind: "formula", text: text.trim() }]],
  [
    /<details>\s*<summary>([\s\S]*?)<\/summary>([\s\S]*?)<\/details>/y,
    ([, question, answer]) => [
      { kind: "question", text: oneLine(question) },
      { kind: "answer", blocks: blocksOf(answer) },
    ],
  ],
  [/(#+) ([^\n]*)/y, ([, { length: level }, text]) => [{ kind: "heading", level, text }]],
  [/!\[([^\]]*)\]\(([^)]*)\)/y, ([, text, path]) => [{ kind: "picture", text, path }]],
  [/(?:\|[^\n]*\n?)+/y, ([text]) => [tableOf(text)]],
  [/(?:-|\d+\.) ((?:[^\n]+\n?)(?: {2,}[^\n]+\n?)*)/y, ([, text]) => [{ kind: "item", text: oneLine(text) }]],
  [/(?:[^\n]+\n?)+/y, ([text]) => [{ kind: "paragraph", text: oneLine(text) }]],
];

/** The blocks of a page, in order. Comments are left out. */
export function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < page.length; ) {
    if (/\s/.test(page[at])) {
      at++;
      continue;
    }
    for (const [begins, read] of readers) {
      begins.lastIndex = at;
      const found = begins.exec(page);
      if (found === null) continue;
      blocks.push(...read(found));
      at += found[0].length;
      break;
    }
  }
  return blocks;
}

function tableOf(text: string): Block {
  const lines = text
    .trim()
    .split("\n")
    .map((line) =>
      line
        .slice(1, line.lastIndexOf("|"))
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replace(/\\([|*])/g, "$1")),
    );
  const [headings, , ...rows] = lines;
  return { kind: "table", headings, rows };
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}
