import type { Tensor } from "ascent/tensor";
import type { Outlook } from "../protocol.js";

/** What the built-in distributions have beside the functions that all have. A distribution of somebody's own may have neither. */
interface Parameters {
  readonly logProbs?: Tensor;
  readonly choices?: readonly { readonly logProbs: Tensor }[];
  readonly logits?: Tensor;
  readonly mean?: Tensor;
  readonly logStd?: Tensor;
  readonly variance?: Tensor;
}

/** The distributions in m states as plain numbers. Undefined for one of an unknown kind. */
export function outlooksOf(distribution: object, m: number): Outlook[] | undefined {
  const { logProbs, choices, logits, mean, logStd, variance } = distribution as Parameters;
  const states = Array.from({ length: m }, (_, i) => i);
  const options = choices?.map((choice) => choice.logProbs) ?? (logProbs && [logProbs]);
  if (options !== undefined) {
    const rows = options.map((option) => rowsIn(option, m));
    return states.map((i) => ({ kind: "choices", probabilities: rows.map((row) => row(i).map(Math.exp)) }));
  }
  if (logits !== undefined) {
    const row = rowsIn(logits, m);
    return states.map((i) => ({ kind: "choices", probabilities: row(i).map((x) => [sigmoid(-x), sigmoid(x)]) }));
  }
  if (mean === undefined) return undefined;
  const means = rowsIn(mean, m);
  const variances = variance && rowsIn(variance, m);
  const same = logStd === undefined ? [] : Array.from(logStd.toArray(), Math.exp);
  return states.map((i) => ({ kind: "normal", mean: means(i), deviation: variances?.(i).map(Math.sqrt) ?? same }));
}

/** The rows of a tensor [m, …] as lists. Reading a tensor copies all of it, so it is read once. */
function rowsIn(tensor: Tensor, m: number): (i: number) => number[] {
  const numbers = tensor.toArray();
  const width = numbers.length / m;
  return (i) => Array.from(numbers.subarray(i * width, (i + 1) * width));
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
