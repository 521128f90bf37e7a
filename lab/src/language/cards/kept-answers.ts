/** The answers of this browser's visitor, kept until they are thrown away. */

import type { Preference } from "ascent/language";

const KEY = "ascent-lab-preferences";

const isAnswer = (one: unknown): one is Preference =>
  typeof one === "object" &&
  one !== null &&
  ["prompt", "chosen", "rejected"].every((name) => typeof (one as Record<string, unknown>)[name] === "string");

/** Those that were kept; none if something else is there. */
export function keptAnswers(storage: Pick<Storage, "getItem"> = localStorage): Preference[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) && kept.every(isAnswer) ? kept : [];
  } catch {
    return [];
  }
}

export function keepAnswers(answers: readonly Preference[], storage: Pick<Storage, "setItem"> = localStorage): void {
  try {
    storage.setItem(KEY, JSON.stringify(answers));
  } catch {
    // A full or forbidden storage keeps nothing; the answers are in the page all the same.
  }
}
