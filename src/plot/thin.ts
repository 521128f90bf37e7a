/** A point on the paper. */
export interface Dot {
  readonly x: number;
  readonly y: number;
}

/**
 * The points of a long curve that make a difference on paper: of each run of points within one unit of x the first, the
 * lowest, the highest and the last, in their order. Spikes stay as high as they are.
 */
export function thin(points: readonly Dot[]): Dot[] {
  const kept: Dot[] = [];
  for (let from = 0; from < points.length; ) {
    let end = from;
    let low = from;
    let high = from;
    while (end < points.length && Math.floor(points[end].x) === Math.floor(points[from].x)) {
      if (points[end].y < points[low].y) low = end;
      if (points[end].y > points[high].y) high = end;
      end++;
    }
    const order = [...new Set([from, low, high, end - 1])].sort((a, b) => a - b);
    kept.push(...order.map((i) => points[i]));
    from = end;
  }
  return kept;
}
