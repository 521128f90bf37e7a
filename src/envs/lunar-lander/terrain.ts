import type { Generator } from "../../random/generator.js";
import type { Point } from "../../scene/scene.js";

/** The part of the moon that is seen, in metres: Gymnasium's 600 × 400 pixels at 30 pixels a metre. */
export const WIDTH = 20;
export const HEIGHT = 400 / 30;

/** The landing pad, from flag to flag. */
export const PAD = { left: 8, right: 12, y: HEIGHT / 4 } as const;

/** How many points the line of the ground has. */
export const POINTS = 11;
const MIDDLE = 5;

/** The heights of the ground at x = 0, 2, …, 20: random ones, each averaged with its neighbours, around a flat middle. */
export function drawHeights(rng: Generator): Float64Array {
  const drawn = rng.uniform(0, HEIGHT / 2, POINTS + 1);
  drawn.fill(PAD.y, MIDDLE - 2, MIDDLE + 3);
  // The twelfth number is the neighbour of both the first and the last. A third is 0.33 here.
  return Float64Array.from(
    { length: POINTS },
    (_, i) => 0.33 * (drawn[i === 0 ? POINTS : i - 1] + drawn[i] + drawn[i + 1]),
  );
}

/** The line of the ground from left to right. */
export function groundLine(heights: Float64Array): Point[] {
  return Array.from(heights, (y, i) => [(WIDTH / (POINTS - 1)) * i, y] as const);
}
