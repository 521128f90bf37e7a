/** Judges a tensor of one number a step. */

import { Tensor } from "../tensor/index.js";
import { compare, isNothing, rounded, type Suspects } from "./compare.js";
import type { Fault } from "./exercise.js";

/** The fault of what has to be a tensor [T] of these numbers, through which gradients flow. */
export function judgeRows(
  call: string,
  got: unknown,
  want: readonly number[],
  suspects: Suspects = [],
): Fault | undefined {
  const steps = want.length;
  if (!(got instanceof Tensor)) {
    if (isNothing(got)) return { mistake: "nothing-returned", detail: `${call} gave ${rounded(got)}` };
    const plain = Array.isArray(got) && got.every((value) => typeof value === "number");
    const detail = `${call} gave ${rounded(got)}, not a tensor [${steps}]`;
    return { mistake: plain ? "detached" : "wrong-value", detail };
  }
  if (got.shape.length !== 1) {
    const detail = `${call} has the shape [${got.shape.join(", ")}]; right is [${steps}]`;
    return { mistake: got.size === steps ? "column-shape" : "wrong-value", detail };
  }
  const fault = compare(call, Array.from(got.toArray()), want, suspects);
  if (fault !== undefined || got.requiresGrad) return fault;
  return { mistake: "detached", detail: `${call} has the right values and no gradient` };
}
