/** A request that cannot be met. It names the field, what was given, what is allowed and the nearest valid name. */
export class ConfigError extends Error {
  readonly field: string;

  constructor({
    field,
    given,
    allowed,
    nearest,
  }: { field: string; given: unknown; allowed: string; nearest?: string | undefined }) {
    super(
      `${field}: got ${show(given)}, allowed is ${allowed}${nearest === undefined ? "" : `. Did you mean ${nearest}?`}`,
    );
    this.name = "ConfigError";
    this.field = field;
  }

  /** The same error under the name by which its reader knows the field, such as a flag. @internal */
  renamed(field: string): ConfigError {
    const error = new ConfigError({ field, given: undefined, allowed: "" });
    error.message = field + this.message.slice(this.field.length);
    return error;
  }
}

/** A weight, a gradient or a diagnostic became NaN or infinite. */
export class NotFiniteError extends Error {
  override readonly name = "NotFiniteError";
}

/** A readable form of a value, cut to at most 120 characters: JSON, except that NaN stays NaN. It never throws. */
export function show(value: unknown): string {
  let text: string;
  try {
    text = written(value, 4);
  } catch {
    text = `(${typeof value} that can't be shown)`;
  }
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

/** The number of elements of a list, or characters of a text, that can be visible before the cut. */
const MOST = 120;

function written(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, MOST));
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return String(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return `${value.constructor.name}(${Array.from(value as unknown as ArrayLike<unknown>).slice(0, MOST)})`;
  }
  if (depth === 0) return "…";
  if (Array.isArray(value)) return `[${value.slice(0, MOST).map((element) => written(element, depth - 1))}]`;
  const fields = Object.entries(value).slice(0, MOST);
  const kind = Object.getPrototypeOf(value)?.constructor?.name ?? "Object";
  const inside = fields.map(([name, field]) => `${JSON.stringify(name)}:${written(field, depth - 1)}`).join();
  return `${kind === "Object" ? "" : `${kind} `}{${inside}}`;
}

/** The error of an option that does not exist. `field` is its place, if that is more than the name. */
export function unknownOption(name: string, given: unknown, names: readonly string[], field = name): ConfigError {
  return new ConfigError({ field, given, allowed: `only ${names.join(", ")}`, nearest: nearest(name, names) });
}

/**
 * The known name closest to what was typed (Damerau-Levenshtein distance), or else one that begins with it. Undefined
 * if none is near, or if the argument is not a string.
 */
export function nearest(typed: unknown, known: readonly string[]): string | undefined {
  if (typeof typed !== "string") return undefined;
  const limit = Math.max(2, Math.floor(typed.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const name of known) {
    if (Math.abs(typed.length - name.length) > limit) continue;
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      bestDistance = distance;
      best = name;
    }
  }
  const begun = (name: string): boolean =>
    typed.length < name.length && name.toLowerCase().startsWith(typed.toLowerCase());
  return best ?? (typed.length >= 3 ? known.find(begun) : undefined);
}

function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(previous[j] + 1, row[j - 1] + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], beforePrevious[j - 2] + 1);
    }
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length];
}
