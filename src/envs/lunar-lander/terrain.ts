import type { Generator } from "../../random/generator.js";
import type { Point } from "../../scene/scene.js";

/** The visible part of the moon in metres: Gymnasium's 600 × 400 pixels at 30 pixels per metre. */
export const WIDTH = 20;
export const HEIGHT = 400 / 30;

/** The landing pad, from flag to flag. */
export const PAD = { left: 8, right: 12, y: HEIGHT / 4 } as const;

/** The number of points in the ground line. */
export const POINTS = 11;
const MIDDLE = 5;

/**
 * The heights of the ground at x = 0, 2, …, 20: random numbers, each averaged with its neighbours, around a flat
 * middle.
 */
export function drawHeights(rng: Generator): Float64Array {
  const drawn = rng.uniform(0, HEIGHT / 2, POINTS + 1);
  drawn.fill(PAD.y, MIDDLE - 2, MIDDLE + 3);
  // The twelfth number is the neighbour of both the first and the last. Gymnasium's factor is 0.33, not a third.
  return Float64Array.from(
    { length: POINTS },
    (_, i) => 0.33 * (drawn[i === 0 ? POINTS : i - 1] + drawn[i] + drawn[i + 1]),
  );
}

/** The ground line from left to right. */
export function groundLine(heights: Float64Array): Point[] {
  return Array.from(heights, (y, i) => [(WIDTH / (POINTS - 1)) * i, y] as const);
}
