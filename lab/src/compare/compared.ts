/** What the room compares: some of the runs, one of which the others may be measured by. */

import { batch, computed, signal } from "@preact/signals";
import { begin, runs, select } from "../state/lab.js";
import { type NamedPlace, places } from "../state/named.js";
import { type Comparison, linksOf } from "./comparisons.js";
import { namesOf, type Settings } from "./differences.js";

/** Keys of places that somebody has taken out. */
const hidden = signal<ReadonlySet<string>>(new Set());
const pinnedKey = signal<string | undefined>(undefined);
/** One chart for each run, instead of one for all. */
export const sideBySide = signal(false);
/** What to look at, from the comparison that was begun last. */
export const hint = signal<string | undefined>(undefined);

/** Those that are shown, with names that tell them from each other. */
export const compared = computed((): readonly NamedPlace[] => {
  const shown = places.value.filter(({ key }) => !hidden.value.has(key));
  const begun = shown.filter(({ settings }) => settings !== undefined);
  const names = namesOf(begun.map(({ settings }) => settings as Settings));
  return shown.map((place) => ({ ...place, name: names[begun.indexOf(place)] ?? place.name }));
});
export const baseline = computed(() => compared.value.find(({ key }) => key === pinnedKey.value));

export function isShown(key: string): boolean {
  return !hidden.value.has(key);
}

export function show(key: string, shown: boolean): void {
  const next = new Set(hidden.value);
  if (shown) next.delete(key);
  else next.add(key);
  hidden.value = next;
}

/** Measures the others by this one, or no longer. */
export function measureBy(key: string): void {
  pinnedKey.value = pinnedKey.value === key ? undefined : key;
}

/** Begins the runs of a comparison, and shows them alone. */
export function start(comparison: Comparison): void {
  batch(() => {
    hidden.value = new Set(places.value.map(({ key }) => key));
    const first = linksOf(comparison).map((link) => begin({ link }))[0];
    if (runs.value.includes(first)) select(first);
    hint.value = comparison.look;
  });
}
