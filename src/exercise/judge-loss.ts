/** Judges the value of a loss, and its gradients. */

import { Tensor } from "../tensor/index.js";
import { compare, isNothing, rounded, type Suspects } from "./compare.js";
import type { Fault } from "./exercise.js";
import type { MistakeName } from "./mistakes.js";

/** The fault of a loss that has to be a tensor of this one number. */
export function judgeValue(call: string, got: unknown, want: number, suspects: Suspects): Fault | undefined {
  if (!(got instanceof Tensor)) {
    if (isNothing(got)) return { mistake: "nothing-returned", detail: `${call} gave ${rounded(got)}` };
    const detail = `${call} gave ${rounded(got)}, not a tensor`;
    return { mistake: typeof got === "number" ? "detached" : "wrong-value", detail };
  }
  if (got.size !== 1)
    return {
      mistake: "wrong-value",
      detail: `${call} has the shape [${got.shape.join(", ")}]; it has to be one number`,
    };
  return compare(call, [got.item()], [want], suspects);
}

/** What a gradient has to be, and how its mistakes are told. */
export interface Slope {
  /** The tensor that the gradient is taken with respect to, a parameter. */
  readonly of: Tensor;
  /** What it is called in a sentence, such as `the log-probabilities`. */
  readonly name: string;
  readonly want: readonly number[];
  readonly suspects?: Suspects;
  /** What it is when no gradient gets there. */
  readonly without?: MistakeName;
}

/** The fault of the gradients of a loss. */
export function judgeSlopes(call: string, got: unknown, slopes: readonly Slope[]): Fault | undefined {
  const [{ name, without = "detached" }] = slopes;
  if (isNothing(got)) return { mistake: "nothing-returned", detail: `${call} is ${rounded(got)}` };
  if (!(got instanceof Tensor) || !got.requiresGrad)
    return { mistake: without, detail: `${call} has no gradient with respect to ${name}` };
  got.sum().backward();
  const faults = slopes.map(({ of, name, want, suspects = [], without = "detached" }) => {
    const slope = of.grad === undefined ? new Array(of.size).fill(0) : Array.from(of.grad.toArray());
    const none: Suspects[number] = [without, new Array(of.size).fill(0)];
    return compare(`the gradient of ${call} with respect to ${name}`, slope, want, [none, ...suspects]);
  });
  return faults.find((fault) => fault !== undefined);
}

/** The slope that is 0 because no gradient may get to this tensor: any other is a leak. */
export function judgeNoSlope(call: string, of: Tensor, name: string, leak: MistakeName): Fault | undefined {
  const slope = of.grad === undefined ? [] : Array.from(of.grad.toArray());
  if (slope.every((value) => value === 0)) return undefined;
  return { mistake: leak, detail: `the gradient of ${call} with respect to ${name} is ${rounded(slope)}; right is 0` };
}
