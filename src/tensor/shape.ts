/** Shapes: their sizes, their notation, and the rules for combining them. */

/** A misuse of tensors: shapes that do not fit, a consumed graph, a detached value. */
export class TensorError extends Error {
  override readonly name = "TensorError";
}

export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  // Each tensor needs its size. This form is small enough for the JIT compiler to inline everywhere.
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis];
  return size;
}

export function showShape(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/**
 * The shape of an elementwise result. Allowed are equal shapes, a scalar `[]` on either side, and a row: `[n]` against
 * `[…, n]`. Nothing else is broadcast: `[T, 1]` against `[T]` would be an outer product, which in a loss is a mistake.
 */
export function broadcast(operation: string, a: readonly number[], b: readonly number[]): readonly number[] {
  if (sameShape(a, b) || b.length === 0) return a;
  if (a.length === 0) return b;
  if (b.length === 1 && a.length > 1 && a[a.length - 1] === b[0]) return a;
  if (a.length === 1 && b.length > 1 && b[b.length - 1] === a[0]) return b;
  const hint =
    sizeOf(a) === sizeOf(b)
      ? `. They hold the same number of elements: did you mean reshape(${showShape(a)}) on the second?`
      : "";
  throw new TensorError(
    `${operation}: shapes ${showShape(a)} and ${showShape(b)} do not match; ` +
      `allowed are equal shapes, a number, or a row [n] against […, n]${hint}`,
  );
}

/** The index of the axis from the front. A negative axis counts from the back. */
export function axisOf(operation: string, shape: readonly number[], axis: number): number {
  const positive = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(axis) || positive < 0 || positive >= shape.length) {
    throw new TensorError(
      `${operation}: axis ${axis} of a tensor of shape ${showShape(shape)}, which has ${shape.length} axes`,
    );
  }
  return positive;
}

/** Views a shape as [outer, length, inner] around one axis. Without an axis, `length` covers everything. */
export function around(
  shape: readonly number[],
  axis: number | undefined,
): { outer: number; length: number; inner: number } {
  if (axis === undefined) return { outer: 1, length: sizeOf(shape), inner: 1 };
  return { outer: sizeOf(shape.slice(0, axis)), length: shape[axis], inner: sizeOf(shape.slice(axis + 1)) };
}
