import { type Colours, widthOf } from "./colour.js";

/** Named figures in one line: as many as fit into the columns, the most important first. */
export function fittingFigures(
  figures: readonly (readonly [name: string, value: string])[],
  columns: number,
  { faint, strong }: Colours,
): string {
  let line = "";
  for (const [name, value] of figures) {
    const longer = `${line}${line === "" ? "" : "   "}${faint(name)} ${strong(value)}`;
    if (widthOf(longer) > columns) break;
    line = longer;
  }
  return line;
}
