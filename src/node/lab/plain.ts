/** Values of run files as a list shows them. Whoever wrote the file may have put anything there. */

/** Characters of a text in a list. */
const MOST = 200;

/** A text, cut where it is long; null if the value is none. */
export function textOrNull(value: unknown): string | null {
  if (typeof value !== "string") return null;
  return value.length > MOST ? `${value.slice(0, MOST - 1)}…` : value;
}

/** A finite number, or null. */
export function numberOrNull(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** The texts of a list, each once, and not more than so many. */
export function texts(values: readonly unknown[], most: number): string[] {
  return [...new Set(values.flatMap((value) => textOrNull(value) ?? []))].slice(0, most);
}
