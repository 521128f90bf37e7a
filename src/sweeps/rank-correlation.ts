import { meanOf } from "./moments.js";

/**
 * Spearman's rank correlation of pairs: Pearson's correlation of the ranks, where equal values share the mean of theirs.
 * NaN if either is constant.
 */
export function rankCorrelation(x: readonly number[], y: readonly number[]): number {
  const a = ranks(x);
  const b = ranks(y);
  const middle = (x.length + 1) / 2;
  const product = (p: readonly number[], q: readonly number[]): number =>
    meanOf(p.map((value, i) => (value - middle) * (q[i] - middle)));
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const less = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return less + (equal + 1) / 2;
  });
}
