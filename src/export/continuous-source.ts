/** The JavaScript source that turns means into actions: directly, squashed, or with state-dependent noise. */

import type { CallSource } from "./call-source.js";
import { base64 } from "./float-bytes.js";
import { type ExportedHead, type ExportedNumbers, isIdentity } from "./network.js";

type Kind<K extends ExportedHead["kind"]> = Extract<ExportedHead, { kind: K }>;
type Continuous = Extract<ExportedHead, ExportedNumbers>;

/** The source of `act`, `sample`, `mean` and `std` for normal actions, squashed or not. */
export function normalSource(head: Kind<"gaussian"> | Kind<"squashed-gaussian">, call: CallSource): string {
  return `${actSource(head, call)}

/**
 * An action drawn as in training.
${call.acting}
 * @param {() => number} random uniform numbers in [0, 1)
 * @returns {Float32Array}
 */
export function sample(${call.parameters}, random = Math.random) {
  ${call.returning(`${call.outputs}.map((mean, j) => mean + std[j] * normal(random)).map(within)`)}
}
${meanSource(head, call)}

/** Standard deviations of a, which \`sample\` draws. ${actionOf(head)} */
export const std = ${float32(head.std)};
${mapSource(head)}
${NORMAL}`;
}

/** The source of `act`, `sample`, `mean` and `std` for state-dependent noise. */
export function stateDependentSource(head: Kind<"state-dependent">, call: CallSource): string {
  return `${actSource(head, call)}

/**
 * An action with the same distribution as in training. Training keeps the noise for several steps; this function draws
 * it anew at each call.
${call.acting}
 * @param {() => number} random uniform numbers in [0, 1)
 * @returns {Float32Array}
 */
export function sample(${call.parameters}, random = Math.random) {
  const means = ${call.outputs};
  const spread = deviations();
  ${call.returning("means.map((mean, j) => mean + spread[j] * normal(random)).map(within)")}
}
${meanSource(head, call)}

/**
 * Standard deviations of a, which \`sample\` draws. ${actionOf(head)}
${call.looking}
 * @returns {Float32Array}
 */
export function std(${call.parameters}) {
  network(${call.parameters});
  return deviations();
}

/** The standard deviations in the state that the network saw last. */
function deviations() {
  const inner = layers.length > 1 ? layers[layers.length - 2].y : ${call.inputs};
  const variance = new Float64Array(low.length);
  for (let i = 0, k = 0; i < inner.length; i++)
    for (let j = 0; j < low.length; j++, k++) variance[j] += (inner[i] * noise[k]) ** 2;
  return Float32Array.from(variance, Math.sqrt);
}
${mapSource(head)}
/** σ of each input of the last layer for each action, [inputs, actions] in row-major order. */
const noise = floats("${base64(head.std)}");
${NORMAL}`;
}

function actSource(head: Continuous, call: CallSource): string {
  return `
/**
 * ${mostLikely(head)}.
${call.acting}
 * @returns {Float32Array}
 */
export function act(${call.parameters}) {
  ${call.returning(`${call.outputs}.map(within)`)}
}`;
}

function mostLikely(head: Continuous): string {
  if (head.kind === "squashed-gaussian")
    return "The median of the policy's distribution: the mean, squashed into the action space";
  const mapped = isIdentity(head) ? "" : "mapped and ";
  return `The mean of the policy's normal distribution, ${mapped}clipped to the action space`;
}

function meanSource(head: Continuous, call: CallSource): string {
  return `
/**
 * The network's output, the mean of a. ${actionOf(head)}
${call.looking}
 * @returns {Float32Array}
 */
export function mean(${call.parameters}) {
  return network(${call.parameters}).slice();
}`;
}

/** How the action follows from a, the number that `mean` and `std` describe. */
function actionOf(head: Continuous): string {
  const mapped = isIdentity(head) ? "a" : "middle + reach·a";
  const action = head.kind === "squashed-gaussian" ? "middle + reach·tanh(a)" : mapped;
  return `The action is ${action}, clipped to the bounds.`;
}

/** The source of `within`, which maps a number `a` of the policy to the action, with the rounding of `rangedAction`. */
function mapSource(head: Continuous): string {
  const { low, high, middle, reach } = head;
  const squashes = head.kind === "squashed-gaussian";
  const bounds = `const low = ${float32(low)};\nconst high = ${float32(high)};`;
  if (!squashes && isIdentity(head))
    return `${bounds}\nconst within = (value, j) => Math.min(high[j], Math.max(low[j], value));`;
  return `
/** The middle of the bounds and its distance from each; 0 and 1 for a dimension that is not mapped. */
export const middle = ${float32(middle)};
export const reach = ${float32(reach)};
${bounds}
const mapped = (a, j) => round(middle[j] + round(reach[j] * ${squashes ? "tanh(a)" : "a"}));
const within = (a, j) => Math.min(high[j], Math.max(low[j], mapped(a, j)));`;
}

const float32 = (values: Float32Array): string => `Float32Array.of(${[...values].join(", ")})`;

const NORMAL = `
/** A standard normal number (Marsaglia's polar method, which accepts four tries in five). */
function normal(random) {
  for (let tries = 0; tries < 200; tries++) {
    const u = 2 * uniform(random) - 1;
    const v = 2 * uniform(random) - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * ln(s)) / s);
  }
  throw new RangeError("random: repeats the same numbers");
}

/** ln x = 2 artanh((x - 1)/(x + 1)) as a series. Unlike Math.log, it has the same bits in every engine. */
function ln(x) {
  let doublings = 0;
  for (; x < 0.7; x *= 2) doublings++;
  const ratio = (x - 1) / (x + 1);
  let series = 0;
  for (let k = 21; k > 0; k -= 2) series = series * ratio * ratio + 1 / k;
  return 2 * ratio * series - doublings * 0.6931471805599453;
}`;
