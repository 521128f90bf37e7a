/**
 * The logarithm to base 10 of a positive number, with the same bits in every engine, which `Math.log10` does not promise.
 * The error is below 1e-14; places on a chart need no more.
 */
export function log10(x: number): number {
  const [digits, exponent] = x.toExponential().split("e");
  // Four square roots bring 1 … 10 to 1 … 1.155, where ln m = 2 artanh((m - 1)/(m + 1)) needs few terms.
  let m = Number(digits);
  for (let i = 0; i < 4; i++) m = Math.sqrt(m);
  const z = (m - 1) / (m + 1);
  let sum = 0;
  for (let k = 13; k >= 1; k -= 2) sum = sum * z * z + 1 / k;
  return Number(exponent) + (2 * z * sum * 16) / Math.LN10;
}
