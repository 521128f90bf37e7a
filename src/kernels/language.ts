/**
 * The kernels of language models, from the native addon or from a WebAssembly module of their own. Only programs that
 * import this file load that module (`ascent` and `ascent/tensor` don't).
 */

import { type LanguageKernels, languageWasm } from "./generated/language.js";
import { nativeKernels } from "./kernels.js";
import { instantiate } from "./memory.js";

/** Every kernel that `src/kernels/language.c` includes; the headers document what each computes. */
export const language: LanguageKernels = nativeKernels ?? (instantiate(languageWasm) as unknown as LanguageKernels);
