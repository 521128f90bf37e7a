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
 * @param {ArrayLike<number | boolean>} [mask] one entry per action: 1 or true if it is allowed, 0 or false if not
 * @returns {number}
 */
export function act(${call.parameters}, mask) {
  ${call.returning(`${plus}likeliest(allowed(${call.outputs}, mask))`)}
}

/**
 * An action drawn as in training. The same uniform number gives the trainer's action.
${call.acting}
 * @param {() => number} random uniform numbers in [0, 1)
 * @param {ArrayLike<number | boolean>} [mask] one entry per action: 1 or true if it is allowed, 0 or false if not
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
 * @param {ArrayLike<number | boolean>} [mask] one entry per logit: 1 or true if it is allowed, 0 or false if not
 * @returns {Int32Array}
 */
export function act(${call.parameters}, mask) {
  ${call.returning(`each(${call.outputs}, mask, likeliest)`)}
}

/**
 * An action drawn as in training, with one uniform number per choice. The same numbers give the trainer's action.
${call.acting}
 * @param {() => number} random uniform numbers in [0, 1)
 * @param {ArrayLike<number | boolean>} [mask] one entry per logit: 1 or true if it is allowed, 0 or false if not
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
 * @param {ArrayLike<number | boolean>} [mask] two entries per choice, off and on: 1 or true if it is allowed, 0 or false if not
 * @returns {Int8Array}
 */
export function act(${call.parameters}, mask) {
  ${call.returning(`Int8Array.from(switches(${call.outputs}, mask), (logit) => (logit > 0 ? 1 : 0))`)}
}

/**
 * An action drawn as in training, with one uniform number per choice. The same numbers give the trainer's action.
${call.acting}
 * @param {() => number} random uniform numbers in [0, 1)
 * @param {ArrayLike<number | boolean>} [mask] two entries per choice, off and on: 1 or true if it is allowed, 0 or false if not
 * @returns {Int8Array}
 */
export function sample(${call.parameters}, random = Math.random, mask) {
  ${call.returning(`Int8Array.from(switches(${call.outputs}, mask), (logit) => (uniform(random) * (1 + exp(-logit)) < 1 ? 1 : 0))`)}
}
${logitsSource("One number per choice: ln p/(1-p), where p is the probability of 1.", call)}

/** The logits, moved to where a choice is certain if the mask forbids on or off. */
function switches(logits, mask) {
  if (mask === undefined) return logits;
  expectMask(mask, 2 * logits.length, "two per choice");
  return logits.map((logit, j) => {
    const off = allows(mask, 2 * j);
    const on = allows(mask, 2 * j + 1);
    if (!off && !on) throw new RangeError("mask: got only zeros, allowed is a 1 for off or on of choice " + j);
    return off && on ? logit : on ? 1e8 : -1e8;
  });
}
${MASKS}`;
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

const MASKS = `
function expectMask(mask, size, what) {
  if (typeof mask !== "object" || mask === null || mask.length !== size)
    throw new RangeError("mask: got " + (mask?.length ?? mask) + " entries, allowed is " + what + ", " + size);
}

/** Whether entry j of a mask is 1 or true. */
function allows(mask, j) {
  const entry = mask[j];
  if (entry === 1 || entry === true) return true;
  if (entry === 0 || entry === false) return false;
  throw new RangeError("mask: got " + entry + " at [" + j + "], allowed is 0, 1, false or true");
}`;

const CHOOSING = `
/** A copy of these scores, with a very low score for each action that the mask forbids. */
function allowed(scores, mask, from = 0, to = scores.length) {
  const some = scores.slice(from, to);
  if (mask === undefined) return some;
  expectMask(mask, scores.length, "one per logit");
  let none = true;
  for (let j = 0; j < some.length; j++)
    if (allows(mask, from + j)) none = false;
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
}
${MASKS}`;
