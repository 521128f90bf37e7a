/** The kernels' only memory: WebAssembly memory in 64 KiB pages. The native addon uses the same memory. */

import { wasmBase64 } from "./generated/module.js";

const PAGE = 65536;

const memory = new WebAssembly.Memory({ initial: 64 });

/** Views of the whole memory. Growth replaces them, so read them anew at each use and never keep one. */
export let f32: Float32Array = new Float32Array(memory.buffer);
export let i32: Int32Array = new Int32Array(memory.buffer);
export let f64: Float64Array = new Float64Array(memory.buffer);
export let u32: Uint32Array = new Uint32Array(memory.buffer);
export let u8: Uint8Array = new Uint8Array(memory.buffer);

const binary = atob(wasmBase64);
const module = new WebAssembly.Module(Uint8Array.from(binary, (character) => character.charCodeAt(0)));

/** The WebAssembly module's exports. `kernels.ts`, `maths.ts` and `random/` give them types. */
export const wasm: Record<string, unknown> = new WebAssembly.Instance(module, { env: { memory } }).exports;

/** The first byte of the heap. The module's stack and constants lie below it. */
export const heapBase: number = Math.ceil((wasm.__heap_base as WebAssembly.Global).value / 64) * 64;

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
