/** A value as a console shows it: strings as they are, lists and objects as they would be written. */
export function shown(value: unknown): string {
  return typeof value === "string" ? value : written(value, 0);
}

/** Deeper than this nobody reads. */
const DEEPEST = 3;

function written(value: unknown, depth: number): string {
  if (typeof value === "string") return `'${value}'`;
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === "function") return `[Function: ${value.name}]`;
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  if (depth === DEEPEST) return Array.isArray(value) ? "[Array]" : "[Object]";
  const inside = (inner: unknown): string => written(inner, depth + 1);
  if (Array.isArray(value)) return inBrackets("[", value.map(inside), "]");
  const name = value.constructor?.name ?? "";
  if (ArrayBuffer.isView(value) && Symbol.iterator in value) {
    const numbers = Array.from(value as unknown as Iterable<unknown>, inside);
    return inBrackets(`${name}(${numbers.length}) [`, numbers, "]");
  }
  const fields = Object.entries(value).map(([key, inner]) => `${key}: ${inside(inner)}`);
  return inBrackets(name === "Object" || name === "" ? "{" : `${name} {`, fields, "}");
}

function inBrackets(open: string, parts: readonly string[], close: string): string {
  return parts.length === 0 ? open + close : `${open} ${parts.join(", ")} ${close}`;
}
