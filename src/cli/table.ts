import { cut, widthOf } from "./colour.js";

/** Rows under headings in aligned columns; columns of numbers are aligned to the right. Lines are cut to `columns`. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number = Number.POSITIVE_INFINITY,
): string {
  const widths = headings.map((heading, i) =>
    rows.reduce((widest, row) => Math.max(widest, widthOf(row[i])), widthOf(heading)),
  );
  const numeric = headings.map(
    (_, i) => rows.length > 0 && rows.every((row) => /^[-+]?[\d,.]+(e[-+]\d+)?$|^-?$/.test(row[i])),
  );
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, i) => {
      const space = " ".repeat(widths[i] - widthOf(cell));
      return numeric[i] ? space + cell : cell + space;
    });
    return cut(padded.join("  ").trimEnd(), columns);
  };
  return [headings, ...rows].map(line).join("\n");
}
