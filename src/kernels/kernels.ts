/**
 * The float32 kernels, from WebAssembly or from the native addon: the same C, the same memory, the same bits. Only
 * `ASCENT_NUMERICS=fast` gives other bits: native kernels with fused multiply-add.
 *
 * Pointers are byte addresses in kernel memory (`heap.ts`); 0 is the null pointer. The addon is optional. It is used if
 * `npm run build` found a C compiler; `ASCENT_BACKEND=wasm` or `native` forces one of the two. The WebAssembly module
 * is always loaded, because functions that are called often and do little (PCG64, scalar maths) stay in it: a call
 * costs less.
 */

import { ConfigError, nearest } from "../errors.js";
import { floatsWasm, type Kernels } from "./generated/floats.js";
import type { LanguageKernels } from "./generated/language.js";
import { attach, instantiate } from "./memory.js";

interface Addon {
  readonly kernels: Kernels & LanguageKernels;
  readonly bestSet: string;
  attach(memory: ArrayBuffer): void;
  chooseSet(name: string): boolean;
  chooseThreads(count: number): number;
}

const environment: Record<string, string | undefined> = globalThis.process?.env ?? {};

function chosenBackend(): "wasm" | "native" | undefined {
  const given = environment.ASCENT_BACKEND;
  if (given === undefined || given === "") return undefined;
  if (given === "wasm" || given === "native") return given;
  throw new ConfigError({
    field: "ASCENT_BACKEND",
    given,
    allowed: "wasm or native",
    nearest: nearest(given, ["wasm", "native"]),
  });
}

/** The addon, if this is Node and it was built. It is loaded without an import, so that bundlers do not look for it. */
function loadAddon(): Addon | undefined {
  const getBuiltin = globalThis.process?.getBuiltinModule;
  if (getBuiltin === undefined) return undefined;
  const require = getBuiltin("node:module").createRequire(import.meta.url);
  try {
    return require("../../build/native/kernels.node") as Addon;
  } catch {
    return undefined;
  }
}

function chosenNumerics(): "exact" | "fast" {
  const given = environment.ASCENT_NUMERICS;
  if (given === undefined || given === "" || given === "exact") return "exact";
  if (given === "fast") return given;
  throw new ConfigError({
    field: "ASCENT_NUMERICS",
    given,
    allowed: "exact or fast",
    nearest: nearest(given, ["exact", "fast"]),
  });
}

const backend = chosenBackend();
const fast = chosenNumerics() === "fast";
const addon = backend === "wasm" ? undefined : loadAddon();
if (backend === "native" && addon === undefined) {
  throw new ConfigError({
    field: "ASCENT_BACKEND",
    given: "native",
    allowed: "only wasm here: the native kernels are not built (`npm run build` builds them if there is a C compiler)",
  });
}

if (fast && addon === undefined) {
  const why = backend === "wasm" ? "ASCENT_BACKEND=wasm forces" : "are in use because the native ones are not built";
  const how = backend === "wasm" ? "" : ": `npm run build` builds them if there is a C compiler";
  throw new ConfigError({
    field: "ASCENT_NUMERICS",
    given: "fast",
    allowed: `only exact with the WebAssembly kernels, which ${why}${how}`,
  });
}

const SETS = ["avx512", "avx2", "baseline"];

/** The instruction set: the one that is wished for, or the best. @throws ConfigError if this machine lacks it */
function chosenSet({ bestSet, chooseSet }: Addon): string {
  const wished = environment.ASCENT_INSTRUCTIONS || undefined;
  const chosen = (name: string) => chooseSet(fast ? `fast_${name}` : name);
  const best = fast ? SETS.find(chosen) : bestSet;
  if (best === undefined) {
    const allowed = "only exact here: no fused multiply-add was built that this machine supports";
    throw new ConfigError({ field: "ASCENT_NUMERICS", given: "fast", allowed });
  }
  if (wished === undefined) return best;
  if (SETS.includes(wished) && chosen(wished)) return wished;
  const built = fast ? "built for fast numerics" : "built";
  throw new ConfigError({
    field: "ASCENT_INSTRUCTIONS",
    given: wished,
    allowed: `one of ${SETS.join(", ")} that was ${built} and that this machine supports; the best one is ${best}`,
    nearest: SETS.includes(wished) ? undefined : nearest(wished, SETS),
  });
}

if (addon !== undefined) attach(addon.attach);
const instructions = addon === undefined ? undefined : chosenSet(addon);

/**
 * `exact`, or for example `fast (avx2)`. Fast numerics fuse multiplication and addition into one rounding, so the bits
 * belong to the instruction set and the compiler.
 */
export const numerics: string = fast ? `fast (${instructions})` : "exact";

const MOST_THREADS = 64;

/** The number of native threads that share the work of a kernel. WebAssembly has one. The bits are the same. */
function chosenThreads(): number {
  const given = environment.ASCENT_THREADS;
  if (given === undefined || given === "") return 1;
  const threads = Number(given);
  if (Number.isSafeInteger(threads) && threads >= 1 && threads <= MOST_THREADS) return threads;
  throw new ConfigError({ field: "ASCENT_THREADS", given, allowed: `a whole number from 1 to ${MOST_THREADS}` });
}

const wanted = chosenThreads();
const threads = addon === undefined ? 1 : addon.chooseThreads(wanted);

/**
 * A call into WebAssembly costs 3 ns; one into the addon costs 25 ns and 8 ns per argument. A layer of fewer products
 * than this is faster in WebAssembly. The choice affects only the time. With fast numerics no layer goes there, so that a
 * row has the same bits alone and in a batch.
 */
const FEW_PRODUCTS = fast ? 0 : 4096;

function fastest(native: Kernels, portable: Kernels): Kernels {
  return {
    ...native,
    categorical_sample: portable.categorical_sample,
    linear: (y, before, x, w, bias, m, k, n, activation) =>
      (m * k * n < FEW_PRODUCTS ? portable : native).linear(y, before, x, w, bias, m, k, n, activation),
  };
}

const portable = instantiate(floatsWasm) as unknown as Kernels;

/** Every kernel. `src/kernels/*.h` documents what each computes. */
export const kernels: Kernels = addon === undefined ? portable : fastest(addon.kernels, portable);

/** The addon's kernels, also those of language models (`language.ts`), if the addon is in use. */
export const nativeKernels: LanguageKernels | undefined = addon?.kernels;

/** The build in use: `wasm`, or `native` with its instruction set, `fast` if it is, and its threads if they are several. */
export const backendName: string =
  addon === undefined
    ? "wasm"
    : `native (${instructions}${fast ? ", fast" : ""}${threads > 1 ? `, ${threads} threads` : ""})`;
