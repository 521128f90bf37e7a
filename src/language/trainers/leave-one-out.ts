import { BASELINES } from "../../algorithms/baselines.js";

/** x minus the mean of the others in its group of k numbers: the baseline of the control algorithms, each number an episode of one step. */
export function leaveOneOut(values: Float64Array, k: number): Float64Array {
  const steps = Array.from({ length: k }, (_, i) => ({ start: i, end: i + 1, terminated: true, truncated: false }));
  const advantages = new Float64Array(values.length);
  for (let first = 0; first < values.length; first += k) {
    const group = values.subarray(first, first + k);
    const b = BASELINES["leave-one-out"](group, steps);
    advantages.set(
      group.map((value, i) => value - b[i]),
      first,
    );
  }
  return advantages;
}
