import type { Importance } from "../../sweeps/importance.js";
import { number } from "../number.js";

/** Which settings explain how much, in a sentence or two. */
export function importanceText({ effects, rest, seeds, method }: Importance): string {
  const parts = effects
    .filter(({ share }) => share >= 0.005)
    .map(({ settings, share }) => `${settings.join(" with ")} ${percent(share)}`);
  const others = rest >= 0.005 ? [`the rest ${percent(rest)}`] : [];
  const how = method === "bins" ? " (each by itself, over quarters of its values)" : "";
  const between = `Of the differences between cells: ${[...parts, ...others].join(", ")}${how}.`;
  return seeds > 0 ? `${between} Of the differences between runs, ${percent(seeds)} are between seeds.` : between;
}

/** With a space at which no line is broken. */
const percent = (share: number): string => `${number(Number((100 * share).toPrecision(2)))}\u00a0%`;
