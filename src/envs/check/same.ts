import { show } from "../../errors.js";

/** A deep copy, including typed arrays. Functions and class instances are not copied. */
export function copied(value: unknown): unknown {
  if (isTyped(value)) return value.slice();
  if (Array.isArray(value)) return value.map(copied);
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copied(entry)]));
  return value;
}

/** Describes where two values differ, or returns undefined if they are equal to the last bit. */
export function difference(a: unknown, b: unknown, at = ""): string | undefined {
  if (isTyped(a) && isTyped(b) && a.constructor === b.constructor) return listDifference(a, b, at);
  if (Array.isArray(a) && Array.isArray(b)) return listDifference(a, b, at);
  if (isPlain(a) && isPlain(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const found = difference(a[key], b[key], `${at}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return Object.is(a, b) ? undefined : `${at || "the value"} was ${show(a)} and then ${show(b)}`;
}

function listDifference(a: ArrayLike<unknown>, b: ArrayLike<unknown>, at: string): string | undefined {
  if (a.length !== b.length) return `${at}.length was ${a.length} and then ${b.length}`;
  for (let i = 0; i < a.length; i++) {
    const found = difference(a[i], b[i], `${at}[${i}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether writing to one value would change the other. */
export function sharesMemory(a: unknown, b: unknown): boolean {
  if (isTyped(a) && isTyped(b)) {
    if (a.buffer !== b.buffer) return false;
    return a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
  }
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return false;
  if (a === b) return true;
  return Object.values(a).some((part, i) => sharesMemory(part, Object.values(b)[i]));
}

/** Whether a part of a value shares memory with an array. */
export function holds(value: unknown, array: Typed): boolean {
  if (isTyped(value)) return sharesMemory(value, array);
  return (Array.isArray(value) || isPlain(value)) && Object.values(value).some((part) => holds(part, array));
}

type Typed = Float32Array | Int32Array | Int8Array;

export function isTyped(value: unknown): value is Typed {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
