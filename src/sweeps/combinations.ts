/** The combinations of settings that a sweep asks for: its grid, times its draws. */

import { ConfigError } from "../errors.js";
import { drawPoints } from "./draws.js";
import type { FilledSweep, Settings } from "./sweep-config.js";

/** More runs than anyone waits for: most likely a typing error. */
export const MOST_RUNS = 100_000;

/** @throws ConfigError naming the field, or for more combinations than there may be runs */
export function combinations(config: FilledSweep): Settings[] {
  const grid = Object.entries(config.grid);
  let count = Object.keys(config.draw).length === 0 ? 1 : (config.sample ?? 1);
  for (const [name, values] of grid) {
    if (!Array.isArray(values) || values.length === 0)
      throw new ConfigError({ field: `grid.${name}`, given: values, allowed: "a list of values" });
    if (Object.hasOwn(config.draw, name))
      throw new ConfigError({
        field: `draw.${name}`,
        given: config.draw[name],
        allowed: "a setting that is not in grid",
      });
    count *= values.length;
  }
  refuseTooMany(count);
  let found: Settings[] = [{}];
  for (const [name, values] of grid)
    found = found.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value })));
  const points = drawPoints(config);
  return found.flatMap((settings) => points.map((point) => ({ ...settings, ...point })));
}

/** @throws ConfigError */
export function refuseTooMany(runs: number): void {
  if (runs > MOST_RUNS)
    throw new ConfigError({ field: "sweep", given: `${runs} runs`, allowed: `at most ${MOST_RUNS} runs` });
}
