/** Actions from the outputs of a network, for discrete action spaces. The logits decide as they do in `policies/heads`. */

import { exp } from "./float32.js";

/** A source of uniform numbers in [0, 1). */
export type Uniform = () => number;

/** The logit of a forbidden action, as in `distributions/mask.ts`: its probability is exactly 0. */
const NEVER = -1e8;
const ALWAYS = -NEVER;

/** The logits, with a very low one for each forbidden action. The mask has an entry for each, 0 if it is forbidden. */
export function masked(logits: Float32Array, mask: Uint8Array | undefined): Float32Array {
  return mask === undefined ? logits : logits.map((logit, j) => (mask[j] === 0 ? NEVER : logit));
}

/** The logits of switches, where a mask with off and on of each may leave one position only. */
export function forced(logits: Float32Array, mask: Uint8Array | undefined): Float32Array {
  if (mask === undefined) return logits;
  return logits.map((logit, j) => (mask[2 * j] === 0 ? ALWAYS : mask[2 * j + 1] === 0 ? NEVER : logit));
}

/** The index of one choice: the likeliest without `random`, else drawn from the softmax with one uniform number. */
export function choose(logits: Float32Array, random: Uniform | undefined): number {
  let best = 0;
  for (let j = 1; j < logits.length; j++) if (logits[j] > logits[best]) best = j;
  return random === undefined ? best : draw(logits, logits[best], random);
}

/** The first index at which the running sum of probabilities exceeds the uniform number, as `categorical_sample`. */
function draw(logits: Float32Array, top: number, random: Uniform): number {
  const weights = logits.map((logit) => exp(Math.fround(logit - top)));
  const threshold = random() * weights.reduce((total, weight) => total + weight, 0);
  let running = 0;
  let drawn = 0;
  for (let j = 0; j < weights.length && running <= threshold; j++) {
    if (weights[j] === 0) continue;
    running += weights[j];
    drawn = j;
  }
  return drawn;
}

/** 1 or 0 for a switch: the likelier without `random`, else 1 with probability 1/(1 + e⁻ˡ). */
export function flip(logit: number, random: Uniform | undefined): number {
  const on = random === undefined ? logit > 0 : random() * (1 + exp(-logit)) < 1;
  return on ? 1 : 0;
}
