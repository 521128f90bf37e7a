/**
 * The kernels' only memory: WebAssembly memory in 64 KiB pages. The WebAssembly modules and the native addon share it.
 */

import { ConfigError } from "../errors.js";
import { inflate } from "./inflate.js";

const PAGE = 65536;

if (typeof WebAssembly === "undefined") {
  const allowed = "an engine with WebAssembly: Node without --jitless. Only ascent/act and exported modules need none";
  throw new ConfigError({ field: "WebAssembly", given: undefined, allowed });
}
const memory = new WebAssembly.Memory({ initial: 64 });

/** Views of the whole memory. Growth replaces them, so read them anew at each use and never keep one. */
export let f32: Float32Array = new Float32Array(memory.buffer);
export let i32: Int32Array = new Int32Array(memory.buffer);
export let f64: Float64Array = new Float64Array(memory.buffer);
export let u32: Uint32Array = new Uint32Array(memory.buffer);
export let u8: Uint8Array = new Uint8Array(memory.buffer);

/**
 * The first byte of the heap. The modules' stack lies below it, and then the constants of each module; `scripts/wasm.mjs`
 * places them and checks that they end before the heap.
 */
export const heapBase: number = 7 * PAGE;

/** A compiled module as text: base64 of its compressed bytes, whose number before compression is `size`. */
export interface PackedModule {
  readonly size: number;
  readonly deflated: string;
}

/** Node's own decompression takes a tenth of the time of ours, which browsers need. */
const zlib = globalThis.process?.getBuiltinModule?.("node:zlib");

/** Starts a module on the shared memory and returns its exports. Its importer gives them types. */
export function instantiate({ size, deflated }: PackedModule): Record<string, unknown> {
  const packed = Uint8Array.from(atob(deflated), (character) => character.charCodeAt(0));
  const module = new WebAssembly.Module(
    zlib === undefined ? inflate(packed, size) : Uint8Array.from(zlib.inflateRawSync(packed)),
  );
  return new WebAssembly.Instance(module, { env: { memory } }).exports;
}

let onGrowth: ((buffer: ArrayBuffer) => void) | undefined;

/** Tells the native addon where the memory lies, now and after each growth. */
export function attach(listener: (buffer: ArrayBuffer) => void): void {
  onGrowth = listener;
  listener(memory.buffer);
}

/** Grows the memory to at least `bytes`. @throws RangeError if the engine grants no more */
export function ensure(bytes: number): void {
  if (bytes <= memory.buffer.byteLength) return;
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  const ample = Math.max(missing, Math.ceil(memory.buffer.byteLength / PAGE / 2));
  if (!tryGrow(ample) && !tryGrow(missing)) {
    throw new RangeError(
      `out of memory: the tensors need ${bytes} bytes, the engine grants ${memory.buffer.byteLength}`,
    );
  }
  f32 = new Float32Array(memory.buffer);
  i32 = new Int32Array(memory.buffer);
  f64 = new Float64Array(memory.buffer);
  u32 = new Uint32Array(memory.buffer);
  u8 = new Uint8Array(memory.buffer);
  onGrowth?.(memory.buffer);
}

function tryGrow(pages: number): boolean {
  try {
    memory.grow(pages);
    return true;
  } catch {
    return false;
  }
}
