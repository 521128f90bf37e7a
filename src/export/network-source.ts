/**
 * The JavaScript source of the network, which computes what the kernels compute, to the last bit.
 *
 * A float64 operation on float32 numbers, rounded to float32, equals the float32 operation. A product has at most 48
 * bits and is exact in float64's 53. For sums and quotients, float64 has more than twice the bits of float32 plus two,
 * so rounding twice equals rounding once (Figueroa 1995). Storing into a Float32Array rounds as Math.fround does.
 */

import type { Activation } from "../tensor/index.js";

/** y = activation(x·W + b) with W in row-major order; the sum over p ascends, as in `gemm.h`. */
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

/** One lane of `vf_exp` of `maths32.h`. */
const EXP = `
const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);
/** 2^k */
function power(k) {
  bits[0] = (k + 127) << 23;
  return float[0];
}

/** c[0] r^(n-1) + … + c[n-1] in float32 */
function polynomial(c, r) {
  let p = c[0];
  for (let i = 1; i < c.length; i++) p = round(c[i] + round(r * p));
  return p;
}

const EXP = [0.0013836732832714915, 0.008369140326976776, 0.041668105870485306, 0.16666516661643982, 0.4999999403953552];
/** x = k log 2 + r, with r as accurate as exp needs it. */
function split(x) {
  const k = round(round(x * 1.4426950216293335) + 12582912) - 12582912;
  return { k, r: round(round(x - round(k * 0.693145751953125)) - round(k * 1.428606765330187e-06)) };
}
/** e^x = 2^k e^r, with e^r from a polynomial. */
function exp(x) {
  if (x !== x) return x;
  if (x > round(88.8)) return Infinity;
  if (x < -104) return 0;
  const { k, r } = split(x);
  const sum = round(1 + r);
  const e = round(sum + round(round(r - round(sum - 1)) + round(round(r * r) * polynomial(EXP, r))));
  const half = k >> 1;
  return round(round(e * power(half)) * power(k - half));
}`;

/** One lane of `vf_tanh` of `maths32.h`. */
const TANH = `
const TANH = [0.0019009893294423819, -0.00789155624806881, 0.021575909107923508, -0.05392228811979294, 0.13333000242710114, -0.33333325386047363];
function tanh(x) {
  const a = Math.abs(x);
  if (a < round(0.7)) {
    const z = round(x * x);
    return round(x + round(round(x * z) * polynomial(TANH, z))) || x;
  }
  if (x !== x) return x;
  const { k, r } = split(a > 9.5 ? 19 : round(a + a));
  const large = round(power(k) + 1);
  const rest = round(power(k) * round(r + round(round(r * r) * polynomial(EXP, r))));
  const sum = round(large + rest);
  const t = round(2 / sum);
  const difference = round(1 - t);
  const correction = round(round(round(0.5 * t) * t) * round(rest - round(sum - large)));
  const y = round(difference + round(round(round(1 - difference) - t) + correction));
  return x < 0 ? -y : y;
}`;

/** One lane of `wide_exp_of` of `smooth32.h`: e^x in float64, accurate to 2^-30. */
const WIDE_EXP = `
const words = new Int32Array(2);
const double = new Float64Array(words.buffer);
const upper = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;
const WIDE_EXP = [0.00019845886714166987, 0.0013940720235318426, 0.008333389570951415, 0.04166635981676567, 0.16666666368852487, 0.5000000044400713];
function wideExp(x) {
  const n = x * 1.4426950408889634 + 6755399441055744 - 6755399441055744;
  const r = x - n * 0.6931471805599453;
  let p = WIDE_EXP[0];
  for (let i = 1; i < 6; i++) p = WIDE_EXP[i] + r * p;
  words[upper] = (n + 1023) << 20;
  const power = double[0];
  return power + power * (r + r * r * p);
}`;

/** One lane of `vf_gelu` of `smooth32.h`: computed in float64 and rounded once. */
const GELU = `
const GELU_SCALE = 1.5957691216057308;
function gelu(x) {
  if (x !== x) return x;
  const y = x < -20 ? -20 : x;
  const inner = y * (GELU_SCALE + 0.044715 * GELU_SCALE * (y * y));
  return round(y / (1 + wideExp(-(inner > 200 ? 200 : inner))));
}`;

/** One lane of `vf_logistic` of `smooth32.h`: computed in float64 and rounded once. */
const LOGISTIC = `
/** 1 / (1 + e^-x) */
function logistic(x) {
  const y = x < -200 ? -200 : x;
  return round(1 / (1 + wideExp(-(y > 200 ? 200 : y))));
}`;

/** A mathematical function that exported source may call. */
export type MathsFunction = "exp" | "logistic" | Exclude<Activation, "none">;

/** The source of these functions and of those that they call. */
export function mathsSource(called: ReadonlySet<MathsFunction>): string[] {
  const has = (...names: MathsFunction[]): boolean => names.some((name) => called.has(name));
  return [
    ...(has("exp", "tanh") ? [EXP] : []),
    ...(has("relu") ? [RELU] : []),
    ...(has("tanh") ? [TANH] : []),
    ...(has("gelu", "logistic") ? [WIDE_EXP] : []),
    ...(has("gelu") ? [GELU] : []),
    ...(has("logistic") ? [LOGISTIC] : []),
  ];
}
