/**
 * A tensor: float32 numbers, or int32 indices, in row-major order, with a shape and possibly a node in a graph.
 *
 * Its numbers lie in kernel memory and need no explicit free (see `kernels/heap.ts`). Reading copies them (`item`,
 * `toArray`), so a caller never holds stale data.
 */

import { address, allocate, type Block } from "../kernels/heap.js";
import { kernels } from "../kernels/kernels.js";
import { f32, i32 } from "../kernels/memory.js";
import { printed } from "./print.js";
import { showShape, sizeOf, TensorError } from "./shape.js";

/** The lengths of the axes; `[]` is a single number. */
export type Shape = readonly number[];
/** The type of a tensor's elements: numbers or indices. */
export type DType = "float32" | "int32";

/** Nested arrays, as deep as the tensor has axes. */
export type Nested = number | readonly Nested[];

/** The record of the operation that made a tensor, for `backward`. */
export interface Node {
  readonly inputs: readonly Tensor[];
  /** Adds this operation's contribution to the gradients of its inputs. */
  readonly backward: (y: Tensor, node: Node) => void;
  /** What the backward step reads besides inputs and result: sizes, indices, intermediate tensors. */
  readonly saved: unknown;
  /** Whether the current backward pass has reached this node. */
  reached: boolean;
}

let created = 0;

/** The blocks of all tensors made since the innermost `collected` began. */
let made: Block[] | undefined;

/** What `compute` returns, and the blocks that tensors took meanwhile. Those of an inner call are the inner call's own. */
export function collected<T>(compute: () => T): { value: T; blocks: Block[] } {
  const outer = made;
  const blocks: Block[] = [];
  made = blocks;
  try {
    return { value: compute(), blocks };
  } finally {
    made = outer;
  }
}

/** Counts a block among those of the current `collected`. */
export function collect(block: Block): Block {
  made?.push(block);
  return block;
}

/** Numbers with a shape and possibly a node in a graph. `tensor`, `zeros`, `parameter` and operations make them. */
export class Tensor {
  readonly shape: Shape;
  readonly size: number;
  readonly dtype: DType;
  readonly block: Block;
  /** A later tensor has a higher number, so this order is topological. */
  readonly order: number = created++;
  /** Whether a gradient flows through this tensor. */
  requiresGrad = false;
  /** ∂loss/∂this after `backward`. Each `backward` adds to it until `zeroGrad`. */
  grad: Tensor | undefined = undefined;
  /** A parameter's name in messages and checkpoints. */
  name: string | undefined = undefined;
  node: Node | undefined = undefined;
  /** True once `backward` has consumed this intermediate result. */
  consumed = false;
  /** Counts how often the numbers were overwritten. Results computed from an earlier version are out of date. */
  version = 0;
  /** For error messages: where a value lost its connection to the parameters. */
  detachedAt: string | undefined = undefined;

  constructor(shape: Shape, dtype: DType = "float32", block: Block | undefined = undefined) {
    this.shape = shape;
    this.size = sizeOf(shape);
    this.dtype = dtype;
    this.block = block ?? collect(allocate(this.size * 4));
  }

  /** The only number of a tensor of size 1. @throws TensorError for any other size */
  item(): number {
    if (this.size !== 1)
      throw new TensorError(`item: needs a tensor of one number, this one is ${showShape(this.shape)}`);
    // Take the address first: copying the block back may replace the views.
    const index = at(this) >>> 2;
    return this.dtype === "int32" ? i32[index] : f32[index];
  }

  /** A copy of all numbers in row-major order. */
  toArray(): Float32Array {
    const start = at(this) >>> 2;
    return this.dtype === "int32"
      ? Float32Array.from(i32.subarray(start, start + this.size))
      : f32.slice(start, start + this.size);
  }

  /** A copy of the numbers as nested arrays. */
  toNested(): Nested {
    const flat = this.toArray();
    const build = (axis: number, start: number, span: number): Nested => {
      if (axis === this.shape.length) return flat[start];
      const step = span / this.shape[axis];
      return Array.from({ length: this.shape[axis] }, (_, i) => build(axis + 1, start + i * step, step));
    };
    return build(0, 0, this.size);
  }

  /** Overwrites the numbers. Only for parameters and inputs: a tensor that a graph has read must not change. */
  set(values: ArrayLike<number>): void {
    if (values.length !== this.size)
      throw new TensorError(`set: ${showShape(this.shape)} holds ${this.size} numbers, got ${values.length}`);
    const start = at(this) >>> 2;
    (this.dtype === "int32" ? i32 : f32).set(values, start);
    this.version++;
  }

  /** The index of the first NaN or infinity, or -1. */
  firstNotFinite(): number {
    return kernels.first_not_finite(at(this), this.size);
  }

  /** The text of `${tensor}`: shape, name and the first numbers. */
  toString(): string {
    const label = this.name === undefined ? "" : ` ${this.name}`;
    if (this.consumed) return `tensor${label} ${showShape(this.shape)}, used up by backward()`;
    const some = Array.from(this.toArray().subarray(0, 6), (value) => String(Number(value.toPrecision(6))));
    return `tensor${label} ${showShape(this.shape)} (${some.join(", ")}${this.size > 6 ? ", …" : ""})`;
  }

  /**
   * JavaScript has no operators for objects: without this, `-logProb * R` and `a * b` would be NaN, and `a + b` a text.
   *
   * @throws TensorError in arithmetic and comparisons; `${tensor}` and String(tensor) give a text
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new TensorError(
      `a ${showShape(this.shape)} tensor can't stand beside + - * / < or ==: write logProb.neg().mul(R) for -logProb * R, ` +
        "a.add(b) for a + b, item() to compute with a plain number, and String(a) for text",
    );
  }

  /** What console.log shows in Node: shape, name and numbers. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return printed(this);
  }
}

/** The byte address of a tensor's numbers, valid until the next allocation. @throws TensorError if it was consumed */
export function at(tensor: Tensor): number {
  if (tensor.block.place >= 0) return tensor.block.place;
  if (tensor.consumed && tensor.block.away === undefined) {
    throw new TensorError(
      `a ${showShape(tensor.shape)} tensor was used up by backward(), which frees intermediate results. ` +
        "Read it before backward(), or keep a copy with detach()",
    );
  }
  return address(tensor.block);
}

/**
 * A float32 tensor from a number, nested arrays, or a flat array with a shape. @throws TensorError if they do not fit
 */
export function tensor(values: Nested | Float32Array | Float64Array, shape?: Shape): Tensor {
  return filled(values, shape, "float32");
}

/**
 * An int32 tensor: indices for `gather`, or actions of a discrete policy.
 *
 * @throws TensorError for fractions, NaN and numbers beyond 32 bits
 */
export function indices(values: Nested | Int32Array, shape?: Shape): Tensor {
  return filled(values, shape, "int32");
}

/** A tensor of zeros. */
export function zeros(shape: Shape): Tensor {
  return full(shape, 0);
}

/** A tensor filled with one value. */
export function full(shape: Shape, value: number): Tensor {
  checkShape(shape);
  const made = new Tensor(shape);
  const start = at(made) >>> 2;
  f32.fill(value, start, start + made.size);
  return made;
}

/**
 * Marks a tensor as a parameter, so that gradients accumulate in its `grad`. @throws TensorError unless it is a float32
 * leaf
 */
export function parameter(value: Tensor, name?: string): Tensor {
  if (value.dtype !== "float32") throw new TensorError("parameter: indices (int32) can't be learned");
  if (value.node !== undefined)
    throw new TensorError("parameter: a result of an operation can't be a parameter; detach() it first");
  value.requiresGrad = true;
  value.name = name;
  return value;
}

function filled(
  values: Nested | Float32Array | Float64Array | Int32Array,
  shape: Shape | undefined,
  dtype: DType,
): Tensor {
  if (values instanceof Tensor) {
    throw new TensorError(
      `tensor: got a tensor ${showShape(values.shape)} already; use it as it is, or detach() it for a copy without a gradient`,
    );
  }
  const flat: number[] = [];
  const found = ArrayBuffer.isView(values) ? [values.length] : flatten(values, flat);
  const numbers = ArrayBuffer.isView(values) ? values : flat;
  if (shape !== undefined) checkShape(shape);
  if (dtype === "int32" && !(numbers instanceof Int32Array)) checkIntegers(numbers);
  if (shape !== undefined && sizeOf(shape) !== numbers.length) {
    throw new TensorError(`tensor: shape ${showShape(shape)} needs ${sizeOf(shape)} numbers, got ${numbers.length}`);
  }
  const made = new Tensor(shape ?? found, dtype);
  const start = at(made) >>> 2;
  (dtype === "int32" ? i32 : f32).set(numbers, start);
  return made;
}

function checkShape(shape: Shape): void {
  if (!Array.isArray(shape))
    throw new TensorError(`tensor: the shape must be an array such as [3] or [2, 3], it is ${String(shape)}`);
  if (!shape.every((length) => Number.isSafeInteger(length) && length >= 0))
    throw new TensorError(`tensor: shape ${showShape(shape)} must consist of whole numbers of at least 0`);
}

function checkIntegers(numbers: ArrayLike<number>): void {
  for (let i = 0; i < numbers.length; i++) {
    if ((numbers[i] | 0) !== numbers[i])
      throw new TensorError(`indices: element ${i} is ${numbers[i]}, which is not a whole number of 32 bits`);
  }
}

function flatten(values: Nested, into: number[]): number[] {
  if (typeof values === "number") {
    into.push(values);
    return [];
  }
  if (!Array.isArray(values) && !ArrayBuffer.isView(values)) throw new TensorError(notANumber(values, into.length));
  let inner: number[] = [];
  for (const [index, value] of values.entries()) {
    const shape = flatten(value, into);
    if (index > 0 && showShape(shape) !== showShape(inner)) {
      throw new TensorError(
        `tensor: ragged arrays: element 0 has shape ${showShape(inner)}, element ${index} has ${showShape(shape)}`,
      );
    }
    inner = shape;
  }
  return [values.length, ...inner];
}

function notANumber(given: unknown, place: number): string {
  if (given instanceof Tensor) {
    return (
      `tensor: element ${place} is a tensor ${showShape(given.shape)}; stack([…]) joins tensors and keeps their gradients, ` +
      "item() and toNested() give plain numbers"
    );
  }
  return `tensor: needs numbers or nested arrays of numbers, element ${place} is ${String(given)} (${typeof given})`;
}
