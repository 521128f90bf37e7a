/**
 * The float32 functions of the kernels in plain JavaScript, with the same bits.
 *
 * A float64 operation on float32 numbers, rounded to float32, equals the float32 operation (see
 * `export/network-source.ts`, which writes the same functions as text for exported modules).
 */

const round = Math.fround;

const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);

/** 2^k */
function power(k: number): number {
  bits[0] = (k + 127) << 23;
  return float[0];
}

/** c[0] r^(n-1) + … + c[n-1] in float32 */
function polynomial(c: readonly number[], r: number): number {
  let p = c[0];
  for (let i = 1; i < c.length; i++) p = round(c[i] + round(r * p));
  return p;
}

const EXP = [
  0.0013836732832714915, 0.008369140326976776, 0.041668105870485306, 0.16666516661643982, 0.4999999403953552,
] as const;

/** x = k log 2 + r, with r as accurate as exp needs it. */
function split(x: number): { k: number; r: number } {
  const k = round(round(x * 1.4426950216293335) + 12582912) - 12582912;
  return { k, r: round(round(x - round(k * 0.693145751953125)) - round(k * 1.428606765330187e-6)) };
}

/** e^x = 2^k e^r, with e^r from a polynomial: one lane of `vf_exp` of `maths32.h`. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > round(88.8)) return Infinity;
  if (x < -104) return 0;
  const { k, r } = split(x);
  const sum = round(1 + r);
  const e = round(sum + round(round(r - round(sum - 1)) + round(round(r * r) * polynomial(EXP, r))));
  const half = k >> 1;
  return round(round(e * power(half)) * power(k - half));
}

const TANH = [
  0.0019009893294423819, -0.00789155624806881, 0.021575909107923508, -0.05392228811979294, 0.13333000242710114,
  -0.33333325386047363,
] as const;

/** One lane of `vf_tanh` of `maths32.h`. */
export function tanh(x: number): number {
  const a = Math.abs(x);
  if (a < round(0.7)) {
    const z = round(x * x);
    return round(x + round(round(x * z) * polynomial(TANH, z))) || x;
  }
  if (Number.isNaN(x)) return x;
  const { k, r } = split(a > 9.5 ? 19 : round(a + a));
  const large = round(power(k) + 1);
  const rest = round(power(k) * round(r + round(round(r * r) * polynomial(EXP, r))));
  const sum = round(large + rest);
  const t = round(2 / sum);
  const difference = round(1 - t);
  const correction = round(round(round(0.5 * t) * t) * round(rest - round(sum - large)));
  const y = round(difference + round(round(round(1 - difference) - t) + correction));
  return x < 0 ? -y : y;
}

/** x, or 0 below 0. NaN stays NaN. */
export function relu(x: number): number {
  return Math.max(x, 0);
}

const words = new Int32Array(2);
const double = new Float64Array(words.buffer);
/** The index of a double's upper half: 1 on little-endian machines. */
const upper = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

const WIDE_EXP = [
  0.00019845886714166987, 0.0013940720235318426, 0.008333389570951415, 0.04166635981676567, 0.16666666368852487,
  0.5000000044400713,
] as const;

/** e^x in float64, accurate to 2^-30: one lane of `wide_exp_of` of `smooth32.h`. */
function wideExp(x: number): number {
  const n = x * Math.LOG2E + 6755399441055744 - 6755399441055744;
  const r = x - n * Math.LN2;
  let p: number = WIDE_EXP[0];
  for (let i = 1; i < 6; i++) p = WIDE_EXP[i] + r * p;
  words[upper] = (n + 1023) << 20;
  const scale = double[0];
  return scale + scale * (r + r * r * p);
}

const GELU_SCALE = 1.5957691216057308;

/** One lane of `vf_gelu` of `smooth32.h`: computed in float64 and rounded once. */
export function gelu(x: number): number {
  if (Number.isNaN(x)) return x;
  const y = Math.max(x, -20);
  const inner = y * (GELU_SCALE + 0.044715 * GELU_SCALE * (y * y));
  return round(y / (1 + wideExp(-Math.min(inner, 200))));
}

/** 1 / (1 + e^-x): one lane of `vf_logistic` of `smooth32.h`. */
export function logistic(x: number): number {
  const y = Math.max(x, -200);
  return round(1 / (1 + wideExp(-Math.min(y, 200))));
}
