/** What the caller asked for can't be done: names the field, what was given, what is allowed and the nearest valid name. */
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
}

/** A value as a person would write it, cut to a readable length. */
export function show(value: unknown): string {
  let text: string;
  if (typeof value === "string") text = JSON.stringify(value);
  else if (typeof value === "bigint") text = `${value}n`;
  else if (ArrayBuffer.isView(value)) text = `${value.constructor.name}(${String(value)})`;
  else if (typeof value === "object" && value !== null) text = JSON.stringify(value) ?? String(value);
  else text = String(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

/** The known name closest to what was typed (Damerau-Levenshtein distance), or undefined where none is near. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const name of known) {
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      bestDistance = distance;
      best = name;
    }
  }
  return bestDistance <= Math.max(2, Math.floor(typed.length / 3)) ? best : undefined;
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
