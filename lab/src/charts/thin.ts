/** Thins curves for drawing. Smoothing comes before it, on all points: a mean of thinned points would be another mean. */

export interface Points {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** From the left edge of what is seen to its right. */
export type Range = readonly [from: number, to: number];

export interface Thinned {
  readonly x: number[];
  /** NaN where the line is interrupted. */
  readonly y: number[];
  /** Values in the range that a logarithmic axis can't show. */
  readonly leftOut: number;
}

/**
 * At most about `2 · buckets` points: of each bucket of x in the range, the least and the largest y in their order. What stands
 * out stays, whatever the zoom. The neighbours of the range come too, so that lines reach its edges. NaNs are left out; on a
 * logarithmic axis so are values that are not positive, and these interrupt the line.
 */
export function thinned({ x, y }: Points, buckets: number, [from, to]: Range, log = false): Thinned {
  const out = { x: [] as number[], y: [] as number[], leftOut: 0 };
  const width = (to - from) / buckets;
  const push = (i: number): void => {
    out.x.push(x[i]);
    out.y.push(y[i]);
  };
  let bucket = -1;
  let low = -1;
  let high = -1;
  let broken = false;
  const flush = (): void => {
    if (low >= 0) push(Math.min(low, high));
    if (low !== high) push(Math.max(low, high));
    if (broken && out.y.length > 0 && !Number.isNaN(out.y[out.y.length - 1])) {
      out.x.push(out.x[out.x.length - 1]);
      out.y.push(Number.NaN);
    }
    low = high = -1;
    broken = false;
  };
  const first = Math.max(0, lowerBound(x, from) - 1);
  for (let i = first; i < x.length; i++) {
    const place = x[i];
    if (!Number.isNaN(y[i])) {
      const own = place < from ? -1 : width > 0 ? Math.min(buckets, Math.floor((place - from) / width)) : 0;
      if (own !== bucket) {
        flush();
        bucket = own;
      }
      if (log && !(y[i] > 0)) {
        broken = true;
        if (place >= from && place <= to) out.leftOut++;
      } else {
        if (low < 0 || y[i] < y[low]) low = i;
        if (high < 0 || y[i] > y[high]) high = i;
      }
    }
    if (place > to) break;
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

/** The index of the last point at `place` or before it, if the curve has begun there and not ended yet. */
export function indexAt(x: ArrayLike<number>, place: number): number | undefined {
  if (x.length === 0 || place < x[0] || place > x[x.length - 1]) return undefined;
  let i = lowerBound(x, place);
  // The last of several points at the same place.
  while (i + 1 < x.length && x[i + 1] <= place) i++;
  return x[i] > place ? i - 1 : i;
}
