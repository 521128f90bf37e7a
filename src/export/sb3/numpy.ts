/** Arrays and numbers of NumPy in a pickle. */

import { CorruptFileError } from "../../formats/safetensors.js";
import { isCall, type Pickled } from "./pickled.js";

type Read = (view: DataView, at: number) => number;

/** The types that spaces and statistics consist of, by NumPy's codes, with the number of bytes. */
const TYPES: Readonly<Record<string, readonly [bytes: number, read: Read]>> = {
  f4: [4, (view, at) => view.getFloat32(at, true)],
  f8: [8, (view, at) => view.getFloat64(at, true)],
  i8: [8, (view, at) => Number(view.getBigInt64(at, true))],
  i4: [4, (view, at) => view.getInt32(at, true)],
  i1: [1, (view, at) => view.getInt8(at)],
  u1: [1, (view, at) => view.getUint8(at)],
  b1: [1, (view, at) => view.getUint8(at)],
};

/** The functions that rebuild arrays, in NumPy 1 and 2. */
const RECONSTRUCT = ["numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct"];
const FROM_BUFFER = ["numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer"];
const SCALAR = ["numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar"];

export interface NumpyArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** The array that a pickle holds. @throws CorruptFileError if the value is none, or has another order or type */
export function numpyArray(name: string, value: Pickled | undefined): NumpyArray {
  if (!isCall(value)) throw notNumpy(name);
  if (FROM_BUFFER.includes(value.name)) {
    const [data, dtype, shape, order] = value.args;
    return decoded(name, data, dtype, shape, order === "F");
  }
  if (RECONSTRUCT.includes(value.name) && Array.isArray(value.state)) {
    const [, shape, dtype, fortran, data] = value.state;
    return decoded(name, data, dtype, shape, fortran === true);
  }
  throw notNumpy(name);
}

/** A whole number or a fraction, Python's own or one of NumPy's. @throws CorruptFileError if the value is none */
export function numpyNumber(name: string, value: Pickled | undefined): number {
  if (typeof value === "number") return value;
  if (isCall(value) && SCALAR.includes(value.name))
    return decoded(name, value.args[1], value.args[0], [], false).values[0];
  throw notNumpy(name);
}

function decoded(name: string, data: Pickled, dtype: Pickled, shape: Pickled, fortran: boolean): NumpyArray {
  const code = isCall(dtype) && dtype.name === "numpy.dtype" ? String(dtype.args[0]) : "";
  const type = Object.hasOwn(TYPES, code) ? TYPES[code] : undefined;
  const order = isCall(dtype) && Array.isArray(dtype.state) ? dtype.state[1] : undefined;
  const bytes = isCall(data) && data.name === "builtins.bytearray" ? data.args[0] : data;
  const isShape = Array.isArray(shape) && shape.every((length) => typeof length === "number");
  if (type === undefined || (order !== "<" && order !== "|") || !(bytes instanceof Uint8Array) || !isShape)
    throw new CorruptFileError(`${name} is an array of an unknown type`);
  if (fortran && shape.length > 1) throw new CorruptFileError(`${name} is not stored in row-major order`);
  const [width, read] = type;
  const lengths = shape.map(Number);
  const size = lengths.reduce((product, length) => product * length, 1);
  if (bytes.length !== size * width)
    throw new CorruptFileError(`${name} does not have the ${size} numbers of its shape`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { shape: lengths, values: Float64Array.from({ length: size }, (_, i) => read(view, i * width)) };
}

function notNumpy(name: string): CorruptFileError {
  return new CorruptFileError(`${name} is neither a number nor an array of NumPy's`);
}
