/** Medians of what runs report: a single odd update does not move them. */

/** The middle value, or the mean of the two middle ones. NaN for an empty list. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** A median, and the index of the window's last value. */
export interface WindowMedian {
  readonly value: number;
  readonly last: number;
}

/** The medians of windows of `size` values that overlap by half; of all values if there are fewer. */
export function windowMedians(values: readonly number[], size: number): WindowMedian[] {
  if (values.length <= size) return [{ value: median(values), last: values.length - 1 }];
  const medians: WindowMedian[] = [];
  for (let end = size; end <= values.length; end += Math.max(1, size >> 1))
    medians.push({ value: median(values.slice(end - size, end)), last: end - 1 });
  return medians;
}

/** The window with the largest median. */
export function highest(windows: readonly WindowMedian[]): WindowMedian {
  return windows.reduce((most, one) => (one.value > most.value ? one : most));
}
