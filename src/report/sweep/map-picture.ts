import { mapsOf } from "../../sweeps/maps.js";
import { sharesOf } from "../../sweeps/scale.js";
import type { SweepSummary } from "../../sweeps/summary.js";
import { heatMap } from "./heat-map.js";

/** The maps of a sweep as `<svg>` elements: two settings each, as in its report. None if its cells are no grid. */
export function sweepMapsSvg({ plan, cells }: SweepSummary, width = 960): string[] {
  const shares = sharesOf(cells);
  return mapsOf(plan.varied, cells).map((map) => heatMap(map, shares, width));
}
