/** Ratios of probabilities in bins around 1. */

/** An odd number, so that a bin has 1 in its middle. */
const BINS = 41;
/** A histogram is at least so wide to either side. */
const LEAST = 0.05;

/** How far it goes to either side of 1: to the farthest ratio, but not beyond 0 and 2, and beyond the clip range in any case. */
export function reachOf(ratios: ArrayLike<number>, range: number): number {
  let reach = Math.max(LEAST, Math.min(1, 1.25 * range));
  for (let t = 0; t < ratios.length; t++) reach = Math.max(reach, Math.min(1, Math.abs(ratios[t] - 1)));
  return reach;
}

/** How many ratios are in each bin; the outer bins have those beyond the reach too. */
export function countsOf(ratios: ArrayLike<number>, reach: number): number[] {
  const counts = new Array<number>(BINS).fill(0);
  for (let t = 0; t < ratios.length; t++) {
    const place = Math.round(((ratios[t] - 1) / reach + 1) * 0.5 * (BINS - 1));
    counts[Math.min(BINS - 1, Math.max(0, place))]++;
  }
  return counts;
}
