const SMALLEST_NORMAL = 2 ** -126;

/** How many of these float32 numbers are denormal. */
export function denormals(values) {
  let count = 0;
  for (const value of values) if (value !== 0 && Math.abs(value) < SMALLEST_NORMAL) count++;
  return count;
}
