/** The text of a tensor in a console. */

import { showShape } from "./shape.js";

/** What a text needs of a tensor. (An import of its type would close a circle of imports.) */
interface Printable {
  readonly shape: readonly number[];
  readonly size: number;
  readonly dtype: string;
  readonly name: string | undefined;
  readonly consumed: boolean;
  toArray(): Float32Array;
}

/** A tensor of more numbers shows the first and the last of a long axis. */
const MOST = 200;
const ENDS = 3;

/**
 * Shape, name and numbers, such as
 *
 *     tensor [2, 3] policy.0.weights
 *     [[1, 2, 3],
 *      [4, 5, 6]]
 */
export function printed(tensor: Printable): string {
  const { shape, size, name, dtype, consumed } = tensor;
  const title = `${dtype === "int32" ? "indices" : "tensor"} ${showShape(shape)}${name === undefined ? "" : ` ${name}`}`;
  if (consumed && size !== 1) return `${title}, used up by backward()`;
  const numbers = Array.from(tensor.toArray(), (value) => String(Number(value.toPrecision(6))));
  if (shape.length === 0) return `${title} ${numbers[0]}`;
  return `${title}${shape.length === 1 ? " " : "\n"}${nested(numbers, shape, "", size > MOST)}`;
}

function nested(
  numbers: readonly string[],
  [length, ...inner]: readonly number[],
  indent: string,
  cut: boolean,
): string {
  const step = length === 0 ? 0 : numbers.length / length;
  const parts: string[] = [];
  for (let i = 0; i < length; i++) {
    if (cut && i === ENDS && length > 2 * ENDS) {
      parts.push("…");
      i = length - ENDS;
    }
    const part = numbers.slice(i * step, (i + 1) * step);
    parts.push(inner.length === 0 ? part[0] : nested(part, inner, `${indent} `, cut));
  }
  return `[${parts.join(inner.length === 0 ? ", " : `,\n${indent} `)}]`;
}
