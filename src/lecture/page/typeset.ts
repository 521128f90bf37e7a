/** Blocks as lines of a terminal. */

import type { Block } from "./blocks.js";
import { formulaText } from "./formula.js";
import { filled, type Marks, widthOf, wordsOf } from "./inline.js";

/** How a page is set. */
export interface Typesetting extends Marks {
  readonly columns: number;
  readonly heading: (text: string) => string;
  readonly faint: (text: string) => string;
  /** Whether answers to questions are shown. */
  readonly answers: boolean;
}

/** A block as lines, the last of which is empty. A cell is set without its output. */
export function typeset(block: Block, how: Typesetting): readonly string[] {
  const { columns, faint } = how;
  const indented = (lines: readonly string[], by = "  "): readonly string[] => [...lines.map((line) => by + line), ""];
  switch (block.kind) {
    case "heading":
      return [...filled(block.text, columns, how).map(how.heading), ""];
    case "paragraph":
      return [...filled(block.text, columns, how), ""];
    case "item": {
      const [first, ...rest] = filled(block.text, columns - 2, how);
      return [`• ${first}`, ...rest.map((line) => `  ${line}`), ""];
    }
    case "formula":
      return indented(formulaText(block.text).split("\n"), "    ");
    case "picture":
      return indented(filled(`${block.text}: ${block.path}`, columns - 2, how).map(faint));
    case "code":
    case "cell":
      return indented(block.code.trimEnd().split("\n"), faint("│ "));
    case "table":
      return tableLines(block, how);
    case "question":
      return [...filled(`? ${block.text}`, columns, how), ""];
    case "answer":
      return how.answers
        ? block.blocks.flatMap((inner) =>
            typeset(inner, { ...how, columns: columns - 2 }).map((line) => (line === "" ? "" : `  ${line}`)),
          )
        : [];
  }
}

/** A table in columns where it fits, and otherwise a paragraph for each row. */
function tableLines({ headings, rows }: Extract<Block, { kind: "table" }>, how: Typesetting): readonly string[] {
  const cells = [headings, ...rows].map((row) => row.map(plainText));
  const widths = headings.map((_, i) => cells.reduce((most, row) => Math.max(most, widthOf(row[i] ?? "")), 0));
  const total = widths.reduce((sum, width) => sum + width + 2, -2);
  if (total <= how.columns) {
    const lines = cells.map((row) =>
      row
        .map((cell, i) => cell + " ".repeat(widths[i] - widthOf(cell)))
        .join("  ")
        .trimEnd(),
    );
    return [how.faint(lines[0]), ...lines.slice(1), ""];
  }
  return rows.flatMap((row) => {
    // A first column without a heading numbers the rows.
    const numbered =
      headings[0] === "" ? [["", `${row[0]}. ${row[1]}`], ...pairs(headings, row).slice(2)] : pairs(headings, row);
    const [first, ...rest] = numbered.filter(([, cell]) => cell !== "");
    const lines = rest.flatMap(([heading, cell]) =>
      filled(heading === "" ? cell : `${heading}: ${cell}`, how.columns - 2, how).map((line) => `  ${line}`),
    );
    return [...filled(first[1], how.columns, how).map(how.strong), ...lines, ""];
  });
}

function pairs(headings: readonly string[], row: readonly string[]): readonly (readonly string[])[] {
  return row.map((cell, i) => [headings[i], cell]);
}

function plainText(cell: string): string {
  return wordsOf(cell)
    .map((word) => word.map(({ text }) => text).join(""))
    .join(" ");
}
