/** Thins curves for drawing. Smoothing comes before it, on all points: a mean of thinned points would be another mean. */

export interface Points {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/**
 * At most about `2 · buckets` points: of each bucket of x the least and the largest y, in their order. What stands out stays,
 * whatever the zoom. NaNs are left out.
 */
export function thinned(
  { x, y }: Points,
  buckets: number,
  from = x[0],
  to = x[x.length - 1],
): { x: number[]; y: number[] } {
  const out = { x: [] as number[], y: [] as number[] };
  const width = (to - from) / buckets;
  let bucket = -1;
  let low = -1;
  let high = -1;
  const flush = (): void => {
    if (low < 0) return;
    for (const i of low === high ? [low] : [Math.min(low, high), Math.max(low, high)]) {
      out.x.push(x[i]);
      out.y.push(y[i]);
    }
    low = high = -1;
  };
  for (let i = lowerBound(x, from); i < x.length && x[i] <= to; i++) {
    if (Number.isNaN(y[i])) continue;
    const own = width > 0 ? Math.min(buckets - 1, Math.floor((x[i] - from) / width)) : 0;
    if (own !== bucket) {
      flush();
      bucket = own;
    }
    if (low < 0 || y[i] < y[low]) low = i;
    if (high < 0 || y[i] > y[high]) high = i;
  }
  flush();
  return out;
}

/** The first index whose x is not below `least`; x is sorted. */
export function lowerBound(x: ArrayLike<number>, least: number): number {
  let from = 0;
  let to = x.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (x[middle] < least) from = middle + 1;
    else to = middle;
  }
  return from;
}
