/** The cells of a CSV file as RFC 4180 defines it: commas between them, and quotes where a cell needs them. */

export const LINE_END = "\r\n";

/** A name; line breaks become spaces, so that each row is one line. */
export function nameCell(name: string): string {
  const line = name.replaceAll(/[\r\n]+/g, " ");
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}

/** A number as Python writes it, or an empty cell. */
export function numberCell(value: number | undefined): string {
  if (value === undefined) return "";
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

/** The cells of a header, as they are written. */
export function cellsOf(header: string): string[] {
  return header.match(/"(?:[^"]|"")*"|[^,]+/g) ?? [];
}

/** A line without the part of its end that comes before the newline. */
export function withoutEnd(line: string): string {
  return line.replace(/\r$/, "");
}
