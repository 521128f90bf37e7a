/**
 * All texts of a fixed number of tokens, each with a reward of its own. There are so few that every expectation is a sum: how far a
 * policy is from π* is known, not estimated.
 */

import { ConfigError } from "../../errors.js";
import { defaultRng } from "../../random/index.js";
import { noGrad } from "../../tensor/index.js";
import type { TokenPolicy } from "../policy.js";
import { type Sequence, type TokenRows, tokenRows } from "../sequences.js";
import { divergence, expectation, optimalValue, regularisedValue, reverseOptimum } from "./optimum.js";

/** The most texts that are listed. */
const MOST = 1 << 16;

/** Texts of `length` tokens out of `tokens`, all after the same prompt. */
export interface TokenTree {
  readonly tokens: number;
  readonly length: number;
  /** One token, so that a model has something to predict the first one from. */
  readonly prompt: readonly number[];
  /** A reward for each text, in the order of `sequences`. */
  readonly rewards: Float64Array;
  /** All texts, in the order of their digits in base `tokens`. */
  readonly sequences: readonly Sequence[];
  readonly rows: TokenRows;
}

/** How the rewards of a tree are drawn. */
export interface TokenTreeOptions {
  /**
   * s, the share of the rewards' variance that each text has for itself, from 0 to 1. The rest is a sum of scores of neighbouring
   * tokens, which a network can learn from other texts. Default: 1, so that no text says anything about another.
   */
  readonly ownShare?: number | undefined;
}

/**
 * A tree with normal rewards of deviation 1, or with those that neighbours share:
 *
 *   r(y) = √s·ε(y) + √(1 − s)·z(y)      z(y) = Σₜ w(yₜ₋₁, yₜ), brought to mean 0 and deviation 1 over all texts
 *
 * with y₀ the prompt, and a normal score w for each pair of tokens and a normal ε for each text.
 *
 * @throws ConfigError if it has more than 65,536 texts, or for a share outside of 0 to 1
 */
export function tokenTree(
  tokens: number,
  length: number,
  seed: number | bigint,
  { ownShare = 1 }: TokenTreeOptions = {},
): TokenTree {
  const whole = Number.isSafeInteger(tokens) && tokens >= 2 && Number.isSafeInteger(length) && length >= 1;
  let count = 1;
  for (let t = 0; whole && t < length && count <= MOST; t++) count *= tokens;
  if (!(whole && count <= MOST))
    throw new ConfigError({
      field: "tokenTree",
      given: `${tokens} tokens, ${length} long`,
      allowed: `at least 2 tokens and at most ${MOST} texts`,
    });
  if (!(ownShare >= 0 && ownShare <= 1))
    throw new ConfigError({ field: "ownShare", given: ownShare, allowed: "a number from 0 to 1" });
  const prompt = [0];
  const sequences = Array.from({ length: count }, (_, text): Sequence => {
    return { prompt, response: digitsOf(text, tokens, length) };
  });
  // No text ends by itself and none is filled up.
  const rows = tokenRows(sequences, { end: -1, pad: -1 });
  const rng = defaultRng(seed);
  const own = rng.normal(0, 1, count);
  if (ownShare === 1) return { tokens, length, prompt, rewards: own, sequences, rows };
  const z = standardised(pairSums(sequences, rng.normal(0, 1, tokens * tokens), tokens));
  const rewards = own.map((epsilon, text) => Math.sqrt(ownShare) * epsilon + Math.sqrt(1 - ownShare) * z[text]);
  return { tokens, length, prompt, rewards, sequences, rows };
}

/** Σₜ w(yₜ₋₁, yₜ) of each text, the prompt's token included. */
function pairSums(sequences: readonly Sequence[], w: Float64Array, tokens: number): Float64Array {
  return Float64Array.from(sequences, ({ prompt, response }) =>
    response.reduce((sum, token, t) => sum + w[(t === 0 ? prompt[0] : response[t - 1]) * tokens + token], 0),
  );
}

function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
  return values.map((x) => (x - mean) / deviation);
}

/** A number in base `tokens`, its first digit first. */
function digitsOf(text: number, tokens: number, length: number): number[] {
  const digits = new Array<number>(length);
  for (let t = length - 1, rest = text; t >= 0; t--, rest = Math.floor(rest / tokens)) digits[t] = rest % tokens;
  return digits;
}

/** The reward of a text of this tree. */
export function rewardIn({ tokens, rewards }: TokenTree, response: readonly number[]): number {
  return rewards[response.reduce((text, token) => text * tokens + token, 0)];
}

/** ln π of each text of the tree. */
export function textLogProbs(policy: TokenPolicy, { rows }: TokenTree): Float64Array {
  const logProbs = noGrad(() => policy.forward(rows).logProbs.toArray());
  return Float64Array.from(rows.segments, ({ start, end }) => logProbs.subarray(start, end).reduce((a, b) => a + b, 0));
}

/** How good a policy is, and how far from the best. Divergences are in nats. */
export interface Standing {
  /** KL(π ‖ π*). β times it is what J(π) lacks of J*. */
  readonly toOptimum: number;
  readonly fromReference: number;
  readonly meanReward: number;
  /** J(π) = E[r] − β KL(π ‖ ref), and its largest possible value. */
  readonly value: number;
  readonly optimalValue: number;
}

/** The standing of a policy that was to maximise E[r] − β KL(π ‖ ref). */
export function standingOf(
  policy: ArrayLike<number>,
  { reference, rewards, beta }: { reference: ArrayLike<number>; rewards: ArrayLike<number>; beta: number },
): Standing {
  return {
    toOptimum: divergence(policy, reverseOptimum(reference, rewards, beta)),
    fromReference: divergence(policy, reference),
    meanReward: expectation(policy, rewards),
    value: regularisedValue(policy, { reference, rewards, beta }),
    optimalValue: optimalValue(reference, rewards, beta),
  };
}
