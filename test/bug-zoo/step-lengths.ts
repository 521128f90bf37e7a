import type { Tensor } from "ascent/tensor";

/** Measures how far each step moves the weights, as a share of their length: a second time, beside the doctor. */
export function stepLengths(parameters: readonly Tensor[]): { readonly lengths: number[]; measure(): void } {
  const flat = (): number[] => parameters.flatMap((one) => [...one.toArray()]);
  const norm = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  let before = flat();
  const lengths: number[] = [];
  return {
    lengths,
    measure() {
      const now = flat();
      lengths.push(norm(now.map((value, i) => value - before[i])) / norm(before));
      before = now;
    },
  };
}
