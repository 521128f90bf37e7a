import { inflateSync } from "node:zlib";

/** An array that a golden script packed: base64 of its compressed little-endian bytes. */
export function unpack(text: string): { f32: Float32Array; f64: Float64Array; i16: Int16Array; i8: Int8Array } {
  const bytes = Uint8Array.from(inflateSync(Buffer.from(text, "base64")));
  return {
    get f32() {
      return new Float32Array(bytes.buffer);
    },
    get f64() {
      return new Float64Array(bytes.buffer);
    },
    get i16() {
      return new Int16Array(bytes.buffer);
    },
    get i8() {
      return new Int8Array(bytes.buffer);
    },
  };
}

/** How many float32 numbers lie between two: 0 for equal ones, 1 for neighbours. */
export function ulpsApart(a: number, b: number): number {
  return Math.abs(rank(a) - rank(b));
}

const word = new Float32Array(1);
const bits = new Int32Array(word.buffer);

function rank(value: number): number {
  word[0] = value;
  return bits[0] < 0 ? -(bits[0] & 0x7fffffff) : bits[0];
}
