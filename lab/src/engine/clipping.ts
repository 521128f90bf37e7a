import type { Clipping } from "../protocol.js";

/**
 * The ratios as the clipped surrogate counts them. min(ρA, clip(ρ, 1 - ε, 1 + ε)·A) has no slope where ρ > 1 + ε and A > 0, and
 * where ρ < 1 - ε and A < 0. Beyond the other bound the action moved against its advantage, and its gradient stays.
 */
export function clippingOf(ratios: ArrayLike<number>, advantages: ArrayLike<number>, range: number): Clipping {
  const [low, high] = [1 - range, 1 + range];
  let held = 0;
  let returning = 0;
  const counted = Float32Array.from(ratios, (ratio, t) => {
    const A = advantages[t];
    if (A === 0 || (ratio >= low && ratio <= high)) return ratio;
    if (ratio > high !== A > 0) {
      returning++;
      return ratio;
    }
    held++;
    return ratio > high ? high : low;
  });
  return { range, counted, held, returning };
}
