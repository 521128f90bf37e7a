import type { Policy } from "ascent";
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

type Head = NonNullable<ReturnType<Policy["describe"]>>["head"];

/**
 * The distributions in m states as plain numbers. Undefined for one of an unknown kind. A normal distribution comes in the
 * units of the environment's actions, for which the head is needed.
 */
export function outlooksOf(distribution: object, m: number, head: Head | undefined): Outlook[] | undefined {
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
  const squashed = head?.kind === "squashed-gaussian";
  const { middle, reach } = !squashed && head !== undefined && "reach" in head ? head : { middle: [], reach: [] };
  return states.map((i) => ({
    kind: "normal",
    mean: means(i).map((x, j) => (middle[j] ?? 0) + (reach[j] ?? 1) * x),
    deviation: (variances?.(i).map(Math.sqrt) ?? same).map((x, j) => (reach[j] ?? 1) * x),
    squashed,
  }));
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
