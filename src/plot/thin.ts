/** A point on the drawing, in pixels. */
export interface Dot {
  readonly x: number;
  readonly y: number;
}

/**
 * Drops the points of a long curve that make no visible difference. Of each run of points within one `unit` of x, which is
 * a pixel unless given, it keeps the first, the lowest, the highest and the last, in order, so spikes keep their height.
 */
export function thin(points: readonly Dot[], unit = 1): Dot[] {
  const kept: Dot[] = [];
  for (let from = 0; from < points.length; ) {
    let end = from;
    let low = from;
    let high = from;
    while (end < points.length && Math.floor(points[end].x / unit) === Math.floor(points[from].x / unit)) {
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
