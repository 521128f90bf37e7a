/** What is kept in the browser of each exercise: the answer, the grade, and which hints were read. */

import { signal } from "@preact/signals";

export interface Kept {
  /** The reader's code. Undefined: the starter, as it is. */
  readonly code?: string | undefined;
  readonly grade?: Grade | undefined;
  /** How many hints were read for each function. */
  readonly hints?: Readonly<Record<string, number>> | undefined;
}

export interface Grade {
  /** How many tests passed at the last check, of how many, and the most that ever did. */
  readonly passed: number;
  readonly of: number;
  readonly best: number;
}

const KEY = "ascent-lab-exercises";

/** By the names of exercises. */
export const kept = signal<Readonly<Record<string, Kept>>>(read());

function read(): Readonly<Record<string, Kept>> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof stored === "object" && stored !== null ? (stored as Readonly<Record<string, Kept>>) : {};
  } catch {
    return {};
  }
}

/** Keeps something of an exercise beside what is kept of it. */
export function keep(exercise: string, changed: Kept): void {
  kept.value = { ...kept.value, [exercise]: { ...kept.value[exercise], ...changed } };
  try {
    localStorage.setItem(KEY, JSON.stringify(kept.value));
  } catch {
    // Without a place to keep it, it lasts as long as the page.
  }
}
