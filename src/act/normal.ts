/** Normal numbers from uniform ones, with the same bits in every engine: as in an exported module. */

import { ConfigError } from "../errors.js";
import type { Uniform } from "./choices.js";

/** A standard normal number (Marsaglia's polar method, which accepts four tries in five). */
export function standardNormal(random: Uniform): number {
  for (let tries = 0; tries < 200; tries++) {
    const u = 2 * random() - 1;
    const v = 2 * random() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * ln(s)) / s);
  }
  throw new ConfigError({ field: "random", given: "the same numbers again and again", allowed: "uniform numbers" });
}

/** ln x = 2 artanh((x - 1)/(x + 1)) as a series, for x in (0, 1). */
function ln(x: number): number {
  let scaled = x;
  let doublings = 0;
  for (; scaled < 0.7; scaled *= 2) doublings++;
  const ratio = (scaled - 1) / (scaled + 1);
  let series = 0;
  for (let k = 21; k > 0; k -= 2) series = series * ratio * ratio + 1 / k;
  return 2 * ratio * series - doublings * Math.LN2;
}
