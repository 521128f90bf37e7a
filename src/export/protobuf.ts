/**
 * The part of Protocol Buffers' wire format that a writer needs. A message is a sequence of fields, each a tag (field
 * number · 8 + type) and a payload.
 * https://protobuf.dev/programming-guides/encoding
 */

const VARINT = 0;
const LENGTH_PREFIXED = 2;

/** One or several encoded fields. */
export type Field = Uint8Array;

/** A whole number from 0 to 2^53 - 1 (for `int64` and enumerations). */
export function integer(field: number, value: number): Field {
  return Uint8Array.from([...varint(field * 8 + VARINT), ...varint(value)]);
}

export function textField(field: number, value: string): Field {
  return bytes(field, new TextEncoder().encode(value));
}

export function bytes(field: number, value: Uint8Array): Field {
  return join([Uint8Array.from([...varint(field * 8 + LENGTH_PREFIXED), ...varint(value.length)]), value]);
}

/** A nested message. */
export function message(field: number, fields: readonly Field[]): Field {
  return bytes(field, join(fields));
}

export function join(fields: readonly Field[]): Uint8Array {
  const joined = new Uint8Array(fields.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const field of fields) {
    joined.set(field, at);
    at += field.length;
  }
  return joined;
}

/** Seven bits per byte, lowest first. The top bit says that more bytes follow. */
function varint(value: number): number[] {
  const groups: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) groups.push((rest % 128) + 128);
  return [...groups, rest];
}
