/** The WebAssembly module of numbers: float64 maths and PCG64. `maths.ts` and `random/` give its exports types. */

import { numbersWasm } from "./generated/numbers.js";
import { instantiate } from "./memory.js";

export const numbers: Record<string, unknown> = instantiate(numbersWasm);
