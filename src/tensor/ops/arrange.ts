/** Rearrangements: reshape, slice, concat, stack. */

import { kernels } from "../../kernels/kernels.js";
import { gradient, result } from "../graph.js";
import { requireTensor, requireTensors } from "../require-tensor.js";
import { around, axisOf, sameShape, showShape, sizeOf, TensorError } from "../shape.js";
import { at, type Node, type Shape, type Tensor } from "../tensor.js";

/**
 * The same numbers in a new shape, without a copy. One length may be -1; it then follows from the others.
 *
 * @throws TensorError if the new shape does not hold as many numbers
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  requireTensor("reshape", x);
  const known = sizeOf(shape.filter((length) => length !== -1));
  const target = shape.map((length) => (length === -1 ? x.size / known : length));
  if (
    shape.filter((length) => length === -1).length > 1 ||
    !target.every(Number.isInteger) ||
    sizeOf(target) !== x.size
  ) {
    throw new TensorError(`reshape: ${showShape(x.shape)} holds ${x.size} numbers, ${showShape(shape)} does not`);
  }
  return result(target, [x], undefined, reshapeBackward, { dtype: x.dtype, shared: x });
}

function reshapeBackward(y: Tensor, { inputs: [x] }: Node): void {
  const dx = gradient(x);
  kernels.add_scaled(at(dx), at(y.grad!), x.size, 1);
}

/**
 * The elements from `start` up to but excluding `end` along an axis (by default the first). A negative index counts
 * from the back.
 *
 * @throws TensorError if the range does not fit in the axis
 */
export function slice(x: Tensor, start: number, end?: number, axis = 0): Tensor {
  requireTensor("slice", x);
  const which = axisOf("slice", x.shape, axis);
  const whole = x.shape[which];
  const from = start < 0 ? start + whole : start;
  const to = end === undefined ? whole : end < 0 ? end + whole : end;
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to > whole || from > to) {
    throw new TensorError(
      `slice: ${start} to ${end ?? "the end"} does not fit in axis ${axis} of ${showShape(x.shape)}`,
    );
  }
  const { outer, inner } = around(x.shape, which);
  const shape = x.shape.map((length, other) => (other === which ? to - from : length));
  const saved = { outer, length: (to - from) * inner, stride: whole * inner, offset: from * inner * 4 };
  const y = result(shape, [x], saved, sliceBackward, { dtype: x.dtype });
  kernels.copy_rows(at(y), at(x) + saved.offset, outer, saved.length, saved.length, saved.stride, 0);
  return y;
}

function sliceBackward(
  y: Tensor,
  { inputs: [x], saved }: Node & { saved: { outer: number; length: number; stride: number; offset: number } },
): void {
  const dx = gradient(x);
  kernels.copy_rows(at(dx) + saved.offset, at(y.grad!), saved.outer, saved.length, saved.stride, saved.length, 1);
}

/** Joins tensors along an axis (by default the first). @throws TensorError unless all other lengths agree */
export function concat(parts: readonly Tensor[], axis = 0): Tensor {
  requireTensors("concat", parts);
  if (parts.length === 0) throw new TensorError("concat: needs at least one tensor");
  const [first] = parts;
  const which = axisOf("concat", first.shape, axis);
  for (const part of parts) {
    const fits =
      part.shape.length === first.shape.length &&
      part.shape.every((length, a) => a === which || length === first.shape[a]);
    if (!fits || part.dtype !== first.dtype) {
      throw new TensorError(
        `concat along axis ${axis}: ${showShape(first.shape)} and ${showShape(part.shape)} do not fit together`,
      );
    }
  }
  const shape = first.shape.map((length, a) =>
    a === which ? parts.reduce((total, part) => total + part.shape[which], 0) : length,
  );
  return joined(parts, shape, around(shape, which).outer);
}

/** Stacks tensors of one shape along a new first axis. @throws TensorError unless they are tensors of equal shapes */
export function stack(parts: readonly Tensor[]): Tensor {
  requireTensors("stack", parts);
  if (parts.length === 0) throw new TensorError("stack: needs at least one tensor");
  for (const part of parts) {
    if (!sameShape(part.shape, parts[0].shape) || part.dtype !== parts[0].dtype) {
      throw new TensorError(
        `stack: the shapes ${showShape(parts[0].shape)} and ${showShape(part.shape)} must be equal`,
      );
    }
  }
  return joined(parts, [parts.length, ...parts[0].shape], 1);
}

/** Copies each part, as `outer` rows, side by side into the `outer` rows of the result. */
function joined(parts: readonly Tensor[], shape: Shape, outer: number): Tensor {
  const y = result(shape, parts, outer, joinedBackward, { dtype: parts[0].dtype });
  const stride = y.size / outer;
  let offset = 0;
  for (const part of parts) {
    const length = part.size / outer;
    kernels.copy_rows(at(y) + offset, at(part), outer, length, stride, length, 0);
    offset += length * 4;
  }
  return y;
}

function joinedBackward(y: Tensor, { inputs, saved: outer }: Node & { saved: number }): void {
  const stride = y.size / outer;
  let offset = 0;
  for (const part of inputs) {
    const length = part.size / outer;
    if (part.requiresGrad) {
      const d = gradient(part);
      kernels.copy_rows(at(d), at(y.grad!) + offset, outer, length, length, stride, 1);
    }
    offset += length * 4;
  }
}
