/** Actions from the outputs of a network, for discrete action spaces. The logits decide as they do in `policies/heads`. */

import { ConfigError } from "../errors.js";
import { exp } from "./float32.js";

/** A source of uniform numbers in [0, 1). */
export type Uniform = () => number;

/** The logit of a forbidden action, as in `distributions/mask.ts`: its probability is exactly 0. */
const NEVER = -1e8;

/** Which actions are allowed now: 1 or true, and 0 or false for a forbidden one. */
export type Mask = ArrayLike<number | boolean>;

/** The logits, with a very low one for each forbidden action. @throws ConfigError unless the mask has an entry for each */
export function masked(logits: Float32Array, mask: Mask | undefined): Float32Array {
  if (mask === undefined) return logits;
  if (mask.length !== logits.length)
    throw new ConfigError({ field: "mask", given: mask, allowed: `${logits.length} entries, one an action` });
  return logits.map((logit, j) => {
    const entry = mask[j];
    if (entry === 1 || entry === true) return logit;
    if (entry === 0 || entry === false) return NEVER;
    throw new ConfigError({ field: `mask[${j}]`, given: entry, allowed: "0, 1, true or false" });
  });
}

/** The index of one choice: the likeliest without `random`, else drawn from the softmax with one uniform number. */
export function choose(logits: Float32Array, random: Uniform | undefined): number {
  let best = 0;
  for (let j = 1; j < logits.length; j++) if (logits[j] > logits[best]) best = j;
  if (logits[best] === NEVER)
    throw new ConfigError({
      field: "mask",
      given: "only zeros",
      allowed: "a 1 for at least one action of each choice",
    });
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
