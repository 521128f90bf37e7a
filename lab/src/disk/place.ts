/** What is open in the room, and what is ticked. */

import { computed, signal } from "@preact/signals";

export type Place =
  | { readonly kind: "list" }
  | { readonly kind: "run"; readonly id: string }
  /** Runs side by side, under a name: those that are ticked, or those of a cell. */
  | {
      readonly kind: "compare";
      readonly ids: readonly string[];
      readonly title: string;
      readonly note?: string | undefined;
    }
  | { readonly kind: "sweep"; readonly id: string };

/** Runs that are compared at once: more colours can't be told apart. */
export const MOST_TICKED = 8;

/** The place that is open, and before it those that led there. */
export const way = signal<readonly Place[]>([{ kind: "list" }]);
export const place = computed(() => way.value[way.value.length - 1]);
export const ticked = signal<readonly string[]>([]);

export function go(to: Place): void {
  way.value = [...way.value, to];
}

export function back(): void {
  if (way.value.length > 1) way.value = way.value.slice(0, -1);
}

export function tick(id: string, on: boolean): void {
  const others = ticked.value.filter((other) => other !== id);
  ticked.value = on ? [...others, id].slice(0, MOST_TICKED) : others;
}
