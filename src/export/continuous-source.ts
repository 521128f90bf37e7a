/** The JavaScript source that turns means into actions: directly, squashed, or with state-dependent noise. */

import { base64 } from "./float-bytes.js";
import type { ExportedHead } from "./network.js";

type Kind<K extends ExportedHead["kind"]> = Extract<ExportedHead, { kind: K }>;

/** The source of `act`, `sample`, `mean` and `std` for normal actions. */
export function gaussianSource({ std, low, high }: Kind<"gaussian">, type: string): string {
  return `
/**
 * The mean of the policy's normal distribution, clipped to the action space.
 * @param {${type}} observation
 * @returns {Float32Array}
 */
export function act(observation) {
  return finite(network(observation)).map(within);
}

/**
 * An action drawn as in training.
 * @param {${type}} observation
 * @param {() => number} random uniform numbers in [0, 1)
 * @returns {Float32Array}
 */
export function sample(observation, random = Math.random) {
  return finite(network(observation))
    .map((mean, j) => mean + std[j] * normal(random))
    .map(within);
}
${meanSource("The network's output, the mean; it may lie outside the action space.", type)}

/** Standard deviations of the actions that \`sample\` draws, before clipping to the action space. */
export const std = Float32Array.of(${[...std].join(", ")});
${bounds(low, high)}
const within = (value, j) => Math.min(high[j], Math.max(low[j], value));
${NORMAL}`;
}

/** The source of `act`, `sample`, `mean` and `std` for actions squashed by tanh. */
export function squashedSource({ std, low, high, middle, reach }: Kind<"squashed-gaussian">, type: string): string {
  return `
/**
 * The median of the policy's distribution: the mean, squashed into the action space.
 * @param {${type}} observation
 * @returns {Float32Array}
 */
export function act(observation) {
  return finite(network(observation)).map(squashed);
}

/**
 * An action drawn as in training.
 * @param {${type}} observation
 * @param {() => number} random uniform numbers in [0, 1)
 * @returns {Float32Array}
 */
export function sample(observation, random = Math.random) {
  return finite(network(observation))
    .map((mean, j) => mean + std[j] * normal(random))
    .map(squashed);
}
${meanSource("The network's output, the mean before squashing.", type)}

/** Standard deviations of what \`sample\` draws, before squashing. */
export const std = Float32Array.of(${[...std].join(", ")});
${bounds(low, high)}
const middle = Float32Array.of(${[...middle].join(", ")});
const reach = Float32Array.of(${[...reach].join(", ")});
const squashed = (u, j) => Math.min(high[j], Math.max(low[j], round(middle[j] + round(reach[j] * tanh(u)))));
${NORMAL}`;
}

/** The source of `act`, `sample`, `mean` and `std` for state-dependent noise. */
export function stateDependentSource({ std, low, high }: Kind<"state-dependent">, type: string): string {
  return `
/**
 * The mean of the policy's normal distribution, clipped to the action space.
 * @param {${type}} observation
 * @returns {Float32Array}
 */
export function act(observation) {
  return finite(network(observation)).map(within);
}

/**
 * An action with the same distribution as in training. Training keeps the noise for several steps; this function draws
 * it anew at each call.
 * @param {${type}} observation
 * @param {() => number} random uniform numbers in [0, 1)
 * @returns {Float32Array}
 */
export function sample(observation, random = Math.random) {
  const spread = std(observation);
  return finite(network(observation))
    .map((mean, j) => mean + spread[j] * normal(random))
    .map(within);
}
${meanSource("The network's output, the mean; it may lie outside the action space.", type)}

/**
 * Standard deviations of the actions that \`sample\` draws, before clipping to the action space.
 * @param {${type}} observation
 * @returns {Float32Array}
 */
export function std(observation) {
  const mean = network(observation);
  const inner = layers.length > 1 ? layers[layers.length - 2].y : features;
  const variance = new Float64Array(mean.length);
  for (let i = 0, k = 0; i < inner.length; i++)
    for (let j = 0; j < mean.length; j++, k++) variance[j] += (inner[i] * deviations[k]) ** 2;
  return Float32Array.from(variance, Math.sqrt);
}
${bounds(low, high)}
const within = (value, j) => Math.min(high[j], Math.max(low[j], value));
/** σ of each input of the last layer for each action, [inputs, actions] in row-major order. */
const deviations = floats("${base64(std)}");
${NORMAL}`;
}

function meanSource(what: string, type: string): string {
  return `
/**
 * ${what}
 * @param {${type}} observation
 * @returns {Float32Array}
 */
export function mean(observation) {
  return network(observation).slice();
}`;
}

const bounds = (low: Float32Array, high: Float32Array): string =>
  `const low = Float32Array.of(${[...low].join(", ")});
const high = Float32Array.of(${[...high].join(", ")});`;

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
