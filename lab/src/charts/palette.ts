/** The theme of the page, and the colours of runs in it. */

import { computed, signal } from "@preact/signals";
import { COLOURS, type Theme } from "./colours.js";

const preferred = matchMedia("(prefers-color-scheme: dark)");
const system = signal<Theme>(preferred.matches ? "dark" : "light");
preferred.addEventListener("change", ({ matches }) => (system.value = matches ? "dark" : "light"));
/** The reader's own choice; undefined follows the system. */
const chosenTheme = signal<Theme | undefined>(storedTheme());
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
  const colours = COLOURS[theme.value];
  return colours[index % colours.length];
}
