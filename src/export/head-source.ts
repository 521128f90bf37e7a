/** JavaScript that turns a network's outputs into actions, the likeliest or a random one. */

import type { ExportedHead } from "./network.js";

/** `act`, `sample` and `logits` or `mean`; `type` is the observation's, in JSDoc. */
export function headSource(head: ExportedHead, type: string): string {
  return head.kind === "categorical" ? categoricalSource(head, type) : gaussianSource(head, type);
}

function categoricalSource({ start, actions }: Extract<ExportedHead, { kind: "categorical" }>, type: string): string {
  const action = start === 0 ? (index: string) => index : (index: string) => `${start} + ${index}`;
  return `
/**
 * The likeliest action, from ${start} to ${start + actions - 1}; the first of those that tie.
 * @param {${type}} observation
 * @returns {number}
 */
export function act(observation) {
  const scores = finite(network(observation));
  let best = 0;
  for (let j = 1; j < scores.length; j++) if (scores[j] > scores[best]) best = j;
  return ${action("best")};
}

/**
 * An action drawn as in training. For the same uniform number it is the trainer's.
 * @param {${type}} observation
 * @param {() => number} random uniform numbers in [0, 1)
 * @returns {number}
 */
export function sample(observation, random = Math.random) {
  const scores = finite(network(observation));
  let top = scores[0];
  for (const score of scores) if (score > top) top = score;
  const weights = scores.map((score) => exp(round(score - top)));
  let total = 0;
  for (const weight of weights) total += weight;
  const threshold = uniform(random) * total;
  let running = 0;
  let drawn = 0;
  for (let j = 0; j < weights.length; j++) {
    if (weights[j] === 0) continue;
    running += weights[j];
    drawn = j;
    if (running > threshold) break;
  }
  return ${action("drawn")};
}

/**
 * One number an action: ln of its probability, up to a constant that all share.
 * @param {${type}} observation
 * @returns {Float32Array}
 */
export function logits(observation) {
  return network(observation).slice();
}`;
}

function gaussianSource({ std, low, high }: Extract<ExportedHead, { kind: "gaussian" }>, type: string): string {
  return `
/**
 * The mean of the policy's normal distribution, kept within the action space.
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

/**
 * The mean as it comes from the network; it may lie outside the action space.
 * @param {${type}} observation
 * @returns {Float32Array}
 */
export function mean(observation) {
  return network(observation).slice();
}

/** Standard deviations of the actions that \`sample\` draws, before they are kept within the action space. */
export const std = Float32Array.of(${[...std].join(", ")});
const low = Float32Array.of(${[...low].join(", ")});
const high = Float32Array.of(${[...high].join(", ")});
const within = (value, j) => Math.min(high[j], Math.max(low[j], value));

/** A standard normal number (Marsaglia's polar method, which accepts four tries in five). */
function normal(random) {
  for (let tries = 0; tries < 200; tries++) {
    const u = 2 * uniform(random) - 1;
    const v = 2 * uniform(random) - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * ln(s)) / s);
  }
  throw new RangeError("random: gives the same numbers again and again");
}

/** ln x = 2 artanh((x - 1)/(x + 1)) as a series: unlike Math.log, the same bits in every engine. */
function ln(x) {
  let doublings = 0;
  for (; x < 0.7; x *= 2) doublings++;
  const ratio = (x - 1) / (x + 1);
  let series = 0;
  for (let k = 21; k > 0; k -= 2) series = series * ratio * ratio + 1 / k;
  return 2 * ratio * series - doublings * 0.6931471805599453;
}`;
}

/** Checks that both kinds of head share. */
export const CHECKS = `
function finite(outputs) {
  if (!outputs.every(Number.isFinite))
    throw new RangeError("the network gives " + outputs + ": is a number of the observation NaN, or infinite?");
  return outputs;
}

function uniform(random) {
  const u = random();
  if (!(u >= 0 && u < 1)) throw new RangeError("random: got " + u + ", allowed is a number from 0 up to, not including, 1");
  return u;
}`;
