/** Round numbers along an axis. */

/** About `most` multiples of 1, 2 or 5 times a power of ten within the interval. */
export function ticks(low: number, high: number, most: number): number[] {
  const rough = (high - low) / Math.max(1, most);
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((digit) => digit * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const found: number[] = [];
  // Multiples, not sums: sums would drift.
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++)
    found.push(Number((k * step).toPrecision(12)));
  return found;
}

/** Powers of ten within the interval, with 2 and 5 times them where there is room. */
export function logTicks(low: number, high: number, most: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const within = (digits: readonly number[], every: number): number[] => {
    const found: number[] = [];
    for (let exponent = first; exponent <= last; exponent++)
      if (exponent % every === 0) found.push(...digits.map((digit) => Number(`${digit}e${exponent}`)));
    return found.filter((x) => x >= low * (1 - 1e-9) && x <= high * (1 + 1e-9));
  };
  const fine = within([1, 2, 5], 1);
  if (fine.length < 2) return ticks(low, high, most).filter((x) => x > 0);
  if (fine.length <= most) return fine;
  return within([1], Math.max(1, Math.ceil((last - first) / Math.max(1, most))));
}
