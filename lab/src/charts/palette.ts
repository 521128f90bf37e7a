/** Colours of runs. The hues are those of a palette that stays apart for colour-blind readers; each theme has its own lightness. */

import { computed, signal } from "@preact/signals";

const LIGHT = ["#1845fb", "#d04a00", "#c91f16", "#b03a92", "#7a7a3c", "#2f8fa8", "#4a6fe0", "#656364"];
const DARK = ["#7e9bff", "#ff7f3a", "#ff6a60", "#e27cc8", "#c4c48e", "#86c8dd", "#a3b6ff", "#a9a7a8"];
/** Lines differ in their dashes too, because not everybody tells eight colours apart. */
export const DASHES: readonly (readonly number[])[] = [
  [],
  [8, 4],
  [2, 3],
  [10, 3, 2, 3],
  [5, 5],
  [14, 4],
  [1, 4],
  [6, 2, 2, 2],
];

export type Theme = "light" | "dark";
const preferred = matchMedia("(prefers-color-scheme: dark)");
const system = signal<Theme>(preferred.matches ? "dark" : "light");
preferred.addEventListener("change", ({ matches }) => (system.value = matches ? "dark" : "light"));
/** The reader's own choice; undefined follows the system. */
export const chosenTheme = signal<Theme | undefined>(storedTheme());
export const theme = computed(() => chosenTheme.value ?? system.value);

const KEY = "ascent-lab-theme";

function storedTheme(): Theme | undefined {
  const stored = localStorage.getItem(KEY);
  return stored === "light" || stored === "dark" ? stored : undefined;
}

export function toggleTheme(): void {
  chosenTheme.value = theme.value === "dark" ? "light" : "dark";
  localStorage.setItem(KEY, chosenTheme.value);
}

export function colourOf(index: number): string {
  const colours = theme.value === "dark" ? DARK : LIGHT;
  return colours[index % colours.length];
}
