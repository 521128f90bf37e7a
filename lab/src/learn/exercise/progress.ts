/** Which hints of an exercise were read, kept in the browser. */

const KEY = "ascent-lab-hints";

export type HintsRead = Readonly<Record<string, number>>;

/** How many hints of `reinforce/loss` were read, by such names. */
export function hintsRead(): HintsRead {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof stored === "object" && stored !== null ? (stored as HintsRead) : {};
  } catch {
    return {};
  }
}

export function keepHints(read: HintsRead): void {
  localStorage.setItem(KEY, JSON.stringify(read));
}
