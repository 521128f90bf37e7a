/** The medians that the doctor looks at, written a second time so that the bench does not measure with what it checks. */

const WINDOW = 10;

export function medianOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Of windows of ten updates that overlap by half. */
export function windowMediansOf(values) {
  if (values.length <= WINDOW) return [medianOf(values)];
  const medians = [];
  for (let end = WINDOW; end <= values.length; end += WINDOW / 2)
    medians.push(medianOf(values.slice(end - WINDOW, end)));
  return medians;
}
