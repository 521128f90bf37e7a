/** One update of a loop, read into plain numbers. */

import type { Optimizer } from "../../optim/index.js";
import { Tensor } from "../../tensor/index.js";
import type { Finding } from "../finding.js";
import type { InspectOptions, Learned, LoopUpdate, Numbers } from "./loop.js";

/** An update, and where it stands in the loop. */
export interface Reading {
  readonly given: LoopUpdate;
  /** 1 for the first update. */
  readonly count: number;
  /** Whether it is the first one with these rewards. Without rewards, every update is. */
  readonly newBatch: boolean;
  readonly logProbs: Float64Array | undefined;
  readonly oldLogProbs: Float64Array | undefined;
  readonly advantages: Float64Array | undefined;
}

/** Looks at each update, and reports what it finds. A check keeps what it needs to remember. */
export type Check = (reading: Reading) => void;
export type Report = (finding: Finding) => void;

/** Copies of the numbers. Undefined where there are none, or where `backward()` has used them up. */
export function numbersOf(given: Numbers | number | undefined): Float64Array | undefined {
  if (given === undefined) return undefined;
  if (typeof given === "number") return Float64Array.of(given);
  const numbers: number[] = [];
  for (const one of given instanceof Tensor ? [given] : elementsOf(given)) {
    if (!(one instanceof Tensor)) numbers.push(one);
    else if (one.consumed && one.size !== 1) return undefined;
    else for (const value of one.toArray()) numbers.push(value);
  }
  return Float64Array.from(numbers);
}

/** The tensors among the numbers: none for plain ones. */
export function tensorsOf(given: Numbers | number | undefined): readonly Tensor[] {
  if (given === undefined || typeof given === "number") return [];
  return given instanceof Tensor ? [given] : elementsOf(given).filter((one) => one instanceof Tensor);
}

function elementsOf(given: ArrayLike<number | Tensor>): (number | Tensor)[] {
  return Array.from(given);
}

export function parametersOf(learned: Learned | undefined): readonly Tensor[] {
  if (learned === undefined) return [];
  return "parameters" in learned ? learned.parameters() : learned;
}

export function optimizersOf({ optimizer }: InspectOptions): readonly Optimizer[] {
  return optimizer === undefined ? [] : [optimizer].flat();
}

/** `update 7`, for messages. */
export function place({ count }: Pick<Reading, "count">): string {
  return `at update ${count}`;
}
