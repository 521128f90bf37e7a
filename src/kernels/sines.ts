import { address, allocate } from "./heap.js";
import { cos as cosOf, sinCos, sin as sinOf } from "./maths.js";
import { f64 } from "./memory.js";

/** Below this many angles, calls for single angles are faster than the way through kernel memory. */
const FEW = 4;

/** The sines and cosines of `n` angles. The arrays are reused in each call. */
export interface Sines {
  readonly sin: Float64Array;
  readonly cos: Float64Array;
  /** Fills `sin` and `cos`, with the bits of the functions for one angle. */
  sinCosOf(angles: Float64Array): void;
}

export function sines(n: number): Sines {
  const sin = new Float64Array(n);
  const cos = new Float64Array(n);
  if (n < FEW) {
    const sinCosOf = (angles: Float64Array): void => {
      for (let i = 0; i < n; i++) {
        sin[i] = sinOf(angles[i]);
        cos[i] = cosOf(angles[i]);
      }
    };
    return { sin, cos, sinCosOf };
  }
  const block = allocate(3 * 8 * n);
  const sinCosOf = (angles: Float64Array): void => {
    const at = address(block);
    const first = at / 8;
    f64.set(angles, first);
    sinCos(at + 8 * n, at + 16 * n, at, n);
    sin.set(f64.subarray(first + n, first + 2 * n));
    cos.set(f64.subarray(first + 2 * n, first + 3 * n));
  };
  return { sin, cos, sinCosOf };
}
