/** The colours and dashes of runs. The hues are those of a palette that stays apart for colour-blind readers; each theme has its own lightness. */

export type Theme = "light" | "dark";

export const COLOURS: Readonly<Record<Theme, readonly string[]>> = {
  light: ["#1845fb", "#d04a00", "#c91f16", "#b03a92", "#7a7a3c", "#2f8fa8", "#4a6fe0", "#656364"],
  dark: ["#7e9bff", "#ff7f3a", "#ff6a60", "#e27cc8", "#c4c48e", "#86c8dd", "#a3b6ff", "#a9a7a8"],
};

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
