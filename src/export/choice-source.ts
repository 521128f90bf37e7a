/** The JavaScript source that turns logits into actions: one choice, several, or binary choices. */

import type { CallSource } from "./call-source.js";
import type { ExportedHead } from "./network.js";

type Kind<K extends ExportedHead["kind"]> = Extract<ExportedHead, { kind: K }>;

/** The source of `act`, `sample` and `logits` for one choice. */
export function categoricalSource({ start, actions }: Kind<"categorical">, call: CallSource): string {
  const plus = start === 0 ? "" : `${start} + `;
  return `
/**
 * The most likely action, from ${start} to ${start + actions - 1}; the first, if several tie.
${call.acting}
 * @param {ArrayLike<number>} [mask] one entry per action, 0 for a forbidden action
 * @returns {number}
 */
export function act(${call.parameters}, mask) {
  ${call.returning(`${plus}likeliest(allowed(${call.outputs}, mask))`)}
}

/**
 * An action drawn as in training. The same uniform number gives the trainer's action.
${call.acting}
 * @param {() => number} random uniform numbers in [0, 1)
 * @param {ArrayLike<number>} [mask] one entry per action, 0 for a forbidden action
 * @returns {number}
 */
export function sample(${call.parameters}, random = Math.random, mask) {
  ${call.returning(`${plus}draw(allowed(${call.outputs}, mask), random)`)}
}
${logitsSource("One number per action: ln of its probability, plus a constant that all actions share.", call)}
${CHOOSING}`;
}

/** The source of `act`, `sample` and `logits` for several choices. */
export function multiCategoricalSource({ nvec, start }: Kind<"multi-categorical">, call: CallSource): string {
  return `
/**
 * The most likely index of each choice; the first, if several tie.
${call.acting}
 * @param {ArrayLike<number>} [mask] one entry per logit, 0 for a forbidden action
 * @returns {Int32Array}
 */
export function act(${call.parameters}, mask) {
  ${call.returning(`each(${call.outputs}, mask, likeliest)`)}
}

/**
 * An action drawn as in training, with one uniform number per choice. The same numbers give the trainer's action.
${call.acting}
 * @param {() => number} random uniform numbers in [0, 1)
 * @param {ArrayLike<number>} [mask] one entry per logit, 0 for a forbidden action
 * @returns {Int32Array}
 */
export function sample(${call.parameters}, random = Math.random, mask) {
  ${call.returning(`each(${call.outputs}, mask, (scores) => draw(scores, random))`)}
}
${logitsSource("The logits of all choices, one choice after another.", call)}

/** The number of options of each choice, and its first number. */
const nvec = [${nvec.join(", ")}];
const start = [${start.join(", ")}];

function each(scores, mask, pick) {
  let end = 0;
  return Int32Array.from(nvec, (n, g) => start[g] + pick(allowed(scores, mask, end, (end += n))));
}
${CHOOSING}`;
}

/** The source of `act`, `sample` and `logits` for binary choices. */
export function bernoulliSource(_: Kind<"bernoulli">, call: CallSource): string {
  return `
/**
 * 1 for each choice that is more likely on than off, and 0 for the others.
${call.acting}
 * @returns {Int8Array}
 */
export function act(${call.parameters}) {
  ${call.returning(`Int8Array.from(${call.outputs}, (logit) => (logit > 0 ? 1 : 0))`)}
}

/**
 * An action drawn as in training, with one uniform number per choice. The same numbers give the trainer's action.
${call.acting}
 * @param {() => number} random uniform numbers in [0, 1)
 * @returns {Int8Array}
 */
export function sample(${call.parameters}, random = Math.random) {
  ${call.returning(`Int8Array.from(${call.outputs}, (logit) => (uniform(random) * (1 + exp(-logit)) < 1 ? 1 : 0))`)}
}
${logitsSource("One number per choice: ln p/(1-p), where p is the probability of 1.", call)}`;
}

function logitsSource(what: string, call: CallSource): string {
  return `
/**
 * ${what}
${call.looking}
 * @returns {Float32Array}
 */
export function logits(${call.parameters}) {
  return network(${call.parameters}).slice();
}`;
}

const CHOOSING = `
/** A copy of these scores, with a very low score for each action that the mask forbids. */
function allowed(scores, mask, from = 0, to = scores.length) {
  const some = scores.slice(from, to);
  if (mask === undefined) return some;
  if (mask.length !== scores.length)
    throw new RangeError("mask: got " + mask.length + " entries, allowed is one per logit, " + scores.length);
  let none = true;
  for (let j = 0; j < some.length; j++)
    if (mask[from + j]) none = false;
    else some[j] = -1e8;
  if (none) throw new RangeError("mask: got only zeros, allowed is a 1 for at least one action");
  return some;
}

function likeliest(scores) {
  let best = 0;
  for (let j = 1; j < scores.length; j++) if (scores[j] > scores[best]) best = j;
  return best;
}

function draw(scores, random) {
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
  return drawn;
}`;
