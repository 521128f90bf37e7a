/**
 * Files of named arrays in the safetensors format, with a checksum, which the format itself lacks.
 *
 *   8 bytes: length of the header · the header, JSON: { "__metadata__": {…}, name: { dtype, shape, data_offsets } } · the data
 *
 * The first entry of the metadata is the SHA-256 of the whole file, computed with zeros in place of the digest. Any
 * safetensors reader opens these files. This reader accepts only what this writer writes, so a changed bit anywhere is
 * an error before anything is used.
 */

import { show } from "../errors.js";
import { sha256 } from "./sha256.js";

/** A file that is not a checkpoint, or has changed since it was written. */
export class CorruptFileError extends Error {
  override readonly name = "CorruptFileError";
}

export type NumberArray = Float32Array | Float64Array | Int32Array;

export interface NamedArray {
  readonly shape: readonly number[];
  readonly values: NumberArray;
}

export interface ArrayFile {
  /** Free text by name. The name `sha256` is reserved. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly arrays: ReadonlyMap<string, NamedArray>;
}

const DTYPES = { F32: Float32Array, F64: Float64Array, I32: Int32Array } as const;
type DTypeName = keyof typeof DTYPES;

const DIGEST_START = '{"__metadata__":{"sha256":"';
const NO_DIGEST = "0".repeat(64);
const LONGEST_HEADER = 100_000_000;

export function writeArrays({ metadata, arrays }: ArrayFile): Uint8Array {
  const entries: [string, unknown][] = [["__metadata__", { sha256: NO_DIGEST, ...metadata }]];
  let offset = 0;
  for (const [name, { shape, values }] of arrays) {
    entries.push([name, { dtype: dtypeOf(values), shape, data_offsets: [offset, offset + values.byteLength] }]);
    offset += values.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const headerLength = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + offset).fill(32, 8, 8 + headerLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(text, 8);
  let place = 8 + headerLength;
  for (const { values } of arrays.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), place);
    place += values.byteLength;
  }
  bytes.set(new TextEncoder().encode(sha256(bytes)), 8 + DIGEST_START.length);
  return bytes;
}

/**
 * @throws CorruptFileError naming what is wrong: too short, not this format, a checksum that does not match, a bad
 * entry
 */
export function readArrays(given: Uint8Array): ArrayFile {
  // The `slice` of a Node Buffer, which is a Uint8Array, does not copy.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  const headerLength = checkFrame(bytes);
  const header = parseHeader(bytes.subarray(8, 8 + headerLength));
  const { __metadata__: metadata, ...entries } = header;
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === "string"))
    fail("its metadata is not an object of texts");
  const data = bytes.subarray(8 + headerLength);
  const arrays = new Map<string, NamedArray>();
  let expected = 0;
  for (const [name, entry] of Object.entries(entries)) {
    const array = readEntry(name, entry, data, expected);
    arrays.set(name, array);
    expected += array.values.byteLength;
  }
  if (expected !== data.length) fail(`${data.length - expected} bytes after its last array belong to no array`);
  const { sha256: _, ...rest } = metadata as Record<string, string>;
  return { metadata: rest, arrays };
}

/** Checks the lengths and the digest. Returns the header's length. */
function checkFrame(bytes: Uint8Array): number {
  if (bytes.length < 8) fail(`it has ${bytes.length} bytes, less than the smallest header`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(LONGEST_HEADER)) fail(`its header claims ${length} bytes; at most ${LONGEST_HEADER} are allowed`);
  const headerLength = Number(length);
  if (8 + headerLength > bytes.length)
    fail(`its header claims ${headerLength} bytes, but only ${bytes.length - 8} follow: it was cut off`);
  const start = new TextDecoder().decode(bytes.subarray(8, 8 + DIGEST_START.length));
  if (start !== DIGEST_START || headerLength < DIGEST_START.length + 64)
    fail(`it does not begin like an Ascent checkpoint`);
  const place = 8 + DIGEST_START.length;
  const written = new TextDecoder().decode(bytes.subarray(place, place + 64));
  const copy = bytes.slice();
  copy.set(new TextEncoder().encode(NO_DIGEST), place);
  const actual = sha256(copy);
  if (actual !== written) fail(`its checksum is ${actual}, but it records ${show(written)}: it was damaged or changed`);
  return headerLength;
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  let canonical = false;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).trimEnd();
    header = JSON.parse(text);
    // Whatever else JSON.parse accepts (duplicate names, numbers beyond float64) does not survive a round trip.
    canonical = JSON.stringify(header) === text;
  } catch (error) {
    fail(`its header is not JSON (${(error as Error).message})`);
  }
  if (!isRecord(header) || !canonical) fail("its header is not in canonical form");
  return header;
}

function readEntry(name: string, entry: unknown, data: Uint8Array, expected: number): NamedArray {
  if (!isRecord(entry)) fail(`array ${show(name)} is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== "string" || !Object.hasOwn(DTYPES, dtype))
    fail(`array ${show(name)} has dtype ${show(dtype)}; allowed are F32, F64, I32`);
  if (!isSizes(shape)) fail(`array ${show(name)} has shape ${show(shape)}`);
  if (!isSizes(offsets) || offsets.length !== 2) fail(`array ${show(name)} has offsets ${show(offsets)}`);
  const type = DTYPES[dtype as DTypeName];
  const [begin, end] = offsets;
  const size = shape.reduce((product, length) => product * length, 1);
  if (begin !== expected || end > data.length || end - begin !== size * type.BYTES_PER_ELEMENT) {
    fail(
      `array ${show(name)} of shape ${show(shape)} does not fit its place, bytes ${begin} to ${end} of ${data.length}`,
    );
  }
  return { shape, values: new type(data.slice(begin, end).buffer) };
}

function dtypeOf(values: NumberArray): DTypeName {
  return values instanceof Float32Array ? "F32" : values instanceof Float64Array ? "F64" : "I32";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((length) => Number.isSafeInteger(length) && length >= 0);
}

function fail(what: string): never {
  throw new CorruptFileError(`this is not a usable checkpoint: ${what}`);
}
