/**
 * Refuses operands that are not tensors. The compiler finds them too, but many programs run with their types stripped,
 * unchecked.
 */

import { TensorError } from "./shape.js";
import { Tensor } from "./tensor.js";

/** @throws TensorError naming what was given, and what to write, unless it is a tensor */
export function requireTensor(operation: string, given: unknown): asserts given is Tensor {
  if (given instanceof Tensor) return;
  throw new TensorError(`${operation}: needs a tensor, got ${described(given)}${advice(given)}`);
}

/** The same for a list of tensors. @throws TensorError naming the first element that is none */
export function requireTensors(operation: string, given: unknown): asserts given is readonly Tensor[] {
  if (!Array.isArray(given)) {
    throw new TensorError(`${operation}: needs an array of tensors, got ${described(given)}; write ${operation}([…])`);
  }
  for (let i = 0; i < given.length; i++) {
    if (given[i] instanceof Tensor) continue;
    const lost =
      typeof given[i] === "number"
        ? ". item() and toArray() give plain numbers, which have no gradient: keep the tensor, such as pi.logProb(action)"
        : "";
    throw new TensorError(`${operation}: element ${i} must be a tensor, it is ${described(given[i])}${lost}`);
  }
}

/** A short name of a value for messages. */
function described(given: unknown): string {
  if (given instanceof Tensor) return `a tensor [${given.shape.join(", ")}]`;
  if (typeof given === "number" || typeof given === "bigint") return `the number ${given}`;
  if (typeof given === "string") return `the text ${JSON.stringify(given.slice(0, 40))}`;
  if (typeof given !== "object" || given === null) return typeof given === "function" ? "a function" : String(given);
  const kind = given.constructor?.name ?? "Object";
  const length = "length" in given ? ` of ${given.length}` : "";
  return kind === "Array" ? `an array${length}` : `an object of the kind ${kind}${length}`;
}

function advice(given: unknown): string {
  if (typeof given === "number") return `; write tensor(${given})`;
  return Array.isArray(given) || ArrayBuffer.isView(given) ? "; write tensor(…) around it" : "";
}
