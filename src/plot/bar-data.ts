import { ConfigError } from "../errors.js";
import type { Colour } from "../scene/scene.js";
import { PALETTE } from "./palette.js";

/** One bar. */
export interface Bar {
  readonly label: string;
  /** Its parts, stacked from 0: all of one sign, and 0 for a part that this bar has not. */
  readonly parts: readonly number[];
  /** A text at its end, such as its value. */
  readonly note?: string;
}

/** Bars, and what their parts are. */
export interface BarData {
  readonly bars: readonly Bar[];
  /** The names of the parts, for the legend. */
  readonly parts: readonly string[];
}

/** The colour of the first, second … part. */
export function colourOfPart(part: number): Colour {
  return PALETTE[part % PALETTE.length];
}

/** The interval from the least sum to the largest one, with 0 in it. @throws ConfigError for bars that can't be drawn */
export function barExtent({ bars, parts }: BarData): { readonly least: number; readonly most: number } {
  let least = 0;
  let most = 0;
  bars.forEach((bar, i) => {
    const field = `bars[${i}].parts`;
    if (bar.parts.length !== parts.length)
      throw new ConfigError({ field, given: bar.parts.length, allowed: `${parts.length} numbers, one for each part` });
    if (!bar.parts.every(Number.isFinite) || (bar.parts.some((x) => x < 0) && bar.parts.some((x) => x > 0)))
      throw new ConfigError({ field, given: bar.parts, allowed: "finite numbers of one sign" });
    const total = bar.parts.reduce((sum, value) => sum + value, 0);
    least = Math.min(least, total);
    most = Math.max(most, total);
  });
  return least === most ? { least: 0, most: 1 } : { least, most };
}
