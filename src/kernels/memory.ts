/** The one memory that kernels work in: 64 KiB pages of WebAssembly memory, which the native addon addresses too. */

import { wasmBase64 } from "./generated/module.js";

const PAGE = 65536;

const memory = new WebAssembly.Memory({ initial: 64 });

/** Views of the whole memory. Growing it replaces them, so read them anew at each use; never keep one. */
export let f32: Float32Array = new Float32Array(memory.buffer);
export let i32: Int32Array = new Int32Array(memory.buffer);
export let f64: Float64Array = new Float64Array(memory.buffer);
export let u32: Uint32Array = new Uint32Array(memory.buffer);
export let u8: Uint8Array = new Uint8Array(memory.buffer);

const binary = atob(wasmBase64);
const module = new WebAssembly.Module(Uint8Array.from(binary, (character) => character.charCodeAt(0)));

/** What the WebAssembly module exports; `kernels.ts`, `maths.ts` and `random/` give it types. */
export const wasm: Record<string, unknown> = new WebAssembly.Instance(module, { env: { memory } }).exports;

/** The first byte that is free for the heap: below lie the module's stack and its constants. */
export const heapBase: number = Math.ceil((wasm.__heap_base as WebAssembly.Global).value / 64) * 64;

let onGrowth: ((buffer: ArrayBuffer) => void) | undefined;

/** Tells the native addon where the memory lies, now and whenever it grows. */
export function attach(listener: (buffer: ArrayBuffer) => void): void {
  onGrowth = listener;
  listener(memory.buffer);
}

/** Grows the memory until it holds `bytes`; throws where the engine has no more to give. */
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
