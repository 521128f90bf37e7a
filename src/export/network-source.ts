/**
 * JavaScript that computes what the kernels compute, to the last bit.
 *
 * A float64 operation on float32 numbers, rounded to float32, is the float32 operation: a product of two has at most 48 bits
 * and is exact in float64's 53; of sums and quotients too, float64 keeps more than twice the bits and two to spare, so
 * rounding twice is rounding once (Figueroa 1995). Storing into a Float32Array rounds just as Math.fround does.
 */

import type { Activation } from "../tensor/index.js";

/** y = activation(x·W + b); W row by row, the sum over p ascending, as in `gemm.h`. */
export const LINEAR = `
/** y = x·W + b, then the activation. Storing into y rounds each sum to float32. */
function linear(x, { weights, bias, y, activation }) {
  const n = bias.length;
  y.set(bias);
  for (let p = 0, k = 0; p < x.length; p++) {
    const factor = x[p];
    for (let j = 0; j < n; j++, k++) y[j] += round(factor * weights[k]);
  }
  if (activation) for (let j = 0; j < n; j++) y[j] = activation(y[j]);
  return y;
}`;

/** `x <= 0 ? 0 : x` keeps NaN. */
const RELU = `
const relu = (x) => (x <= 0 ? 0 : x);`;

/** `v16_exp` of `maths32.h`, one lane of it. */
export const EXP = `
const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);
/** 2^k */
function power(k) {
  bits[0] = (k + 127) << 23;
  return float[0];
}

const EXP = Float32Array.of(1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1);
const LOG2_E = round(1.44269504);
const LN_2_LOW = round(-2.1219444e-4);
/** e^x = 2^k e^r, the second by a polynomial. */
function exp(x) {
  if (x !== x) return x;
  const capped = x > 128 ? 128 : x < -160 ? -160 : x;
  const k = round(round(capped * LOG2_E) + 12582912) - 12582912;
  const r = round(round(capped - round(k * 0.693359375)) - round(k * LN_2_LOW));
  let p = EXP[0];
  for (let i = 1; i < 6; i++) p = round(round(p * r) + EXP[i]);
  const e = round(round(round(p * round(r * r)) + r) + 1);
  const half = k >> 1;
  return round(round(e * power(half)) * power(k - half));
}`;

/** `v16_tanh` of `maths32.h`. */
const TANH = `
const TANH = Float32Array.of(-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1);
function tanh(x) {
  const a = Math.abs(x);
  if (a < 0.625) {
    const z = round(x * x);
    let p = TANH[0];
    for (let i = 1; i < 5; i++) p = round(round(p * z) + TANH[i]);
    return round(round(round(p * z) * x) + x);
  }
  const large = round(1 - round(2 / round(exp(round(a + a)) + 1)));
  return x < 0 ? -large : x !== x ? x : large;
}`;

/** `gelu` of `elementwise.h`. */
const GELU = `
const GELU_SCALE = round(0.7978845608028654);
const GELU_CUBE = round(0.044715);
function gelu(x) {
  const inner = round(GELU_SCALE * round(x + round(GELU_CUBE * round(round(x * x) * x))));
  return round(round(0.5 * x) * round(1 + tanh(inner)));
}`;

/** The functions that these activations need, `exp` aside, in the order of their use. */
export function activationFunctions(activations: ReadonlySet<Activation>): string[] {
  const wavy = activations.has("tanh") || activations.has("gelu");
  return [
    ...(activations.has("relu") ? [RELU] : []),
    ...(wavy ? [TANH] : []),
    ...(activations.has("gelu") ? [GELU] : []),
  ];
}
