/** Reads zip archives: entries that are stored or deflated, without encryption and below 4 GiB. */

import { CorruptFileError } from "../../formats/safetensors.js";
import { inflate } from "../../kernels/inflate.js";

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** The size of the record at the end, without its comment, which has at most 65,535 bytes. */
const END_SIZE = 22;
const STORED = 0;
const DEFLATED = 8;
/** No weights that Ascent reads compress better than this, but a file made to exhaust memory does. */
const MOST_TIMES = 1100;

/** The files of an archive by name. Each is decompressed when it is asked for. */
export interface Zip {
  readonly names: readonly string[];
  /** @throws CorruptFileError if there is no such file, or it can't be read */
  read(name: string): Uint8Array;
}

interface Entry {
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: number;
  readonly size: number;
  readonly local: number;
}

/** @throws CorruptFileError if these are not the bytes of a zip archive */
export function readZip(bytes: Uint8Array): Zip {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = within(() => readDirectory(bytes, view));
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw new CorruptFileError(`this archive has no ${name}`);
      return within(() => contentOf(bytes, view, entry));
    },
  };
}

function readDirectory(bytes: Uint8Array, view: DataView): Map<string, Entry> {
  let end = bytes.length - END_SIZE;
  while (end >= Math.max(0, bytes.length - END_SIZE - 65535) && view.getUint32(end, true) !== END) end--;
  if (end < 0 || view.getUint32(end, true) !== END) throw new CorruptFileError("this is not a zip archive");
  const entries = new Map<string, Entry>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (view.getUint32(at, true) !== ENTRY) throw new CorruptFileError("the directory of this archive is damaged");
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    entries.set(name, {
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      local: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function contentOf(bytes: Uint8Array, view: DataView, { method, encrypted, packed, size, local }: Entry): Uint8Array {
  if (view.getUint32(local, true) !== LOCAL) throw new CorruptFileError("an entry of this archive is damaged");
  const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (from + packed > bytes.length) throw new RangeError("an entry ends beyond the archive");
  const content = bytes.subarray(from, from + packed);
  if (encrypted || (method !== STORED && method !== DEFLATED))
    throw new CorruptFileError(`an entry of this archive is ${encrypted ? "encrypted" : `packed by method ${method}`}`);
  if (method === STORED) return content;
  if (size > MOST_TIMES * packed) throw new CorruptFileError("an entry of this archive claims an impossible size");
  return inflate(content, size);
}

/** Reads outside the archive are a damaged archive. */
function within<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CorruptFileError(`this archive is damaged: ${error.message}`, { cause: error });
  }
}
