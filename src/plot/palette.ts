import type { Colour } from "../scene/scene.js";

/** Medium tones that stand out from white and from near-black, and that colour-blind readers can tell apart. */
export const PALETTE: readonly Colour[] = ["#3b82c4", "#d9730d", "#2f9e6e", "#c4559c", "#8a7a1f", "#7e6bd6"];
