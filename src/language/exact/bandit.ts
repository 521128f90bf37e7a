/**
 * One token, rewarded at once: the smallest language task. All that a sampled trainer estimates can be computed here, so that
 * its place of rest is seen without noise.
 *
 *   expected step for the logits:   π(y) · (w(y) − E_π[w]),    w(y) = r(y) + β · (weight of the KL estimate at y)
 *
 * The ascent goes along w − E_π[w], which is that step divided by π(y): the natural gradient of a table of logits. It has the
 * same places of rest and does not slow down for rare tokens.
 */

import { ConfigError } from "../../errors.js";
import { defaultRng } from "../../random/index.js";
import { type FixedPoint, fixedPointOf, type KlEstimate, type KlPlace, klWeight } from "../kl.js";
import { divergence, expectation, forwardOptimum, normalised, reverseOptimum } from "./optimum.js";

/** A reference policy over tokens (log-probabilities) and a reward for each. */
export interface TokenBandit {
  readonly reference: Float64Array;
  readonly rewards: Float64Array;
}

/** A bandit with normal rewards and logits, both of deviation 1. */
export function tokenBandit(tokens: number, seed: number | bigint): TokenBandit {
  if (!(Number.isSafeInteger(tokens) && tokens >= 2))
    throw new ConfigError({ field: "tokens", given: tokens, allowed: "a whole number of at least 2" });
  const rng = defaultRng(seed);
  const draw = (): Float64Array => Float64Array.from({ length: tokens }, () => rng.normal());
  return { reference: normalised(draw()), rewards: draw() };
}

/** How `ascend` goes. */
export interface AscentOptions {
  readonly beta: number;
  readonly estimate: KlEstimate;
  readonly place: KlPlace;
  /** Whether rewards are divided by their deviation under the policy at hand, as GRPO does in each group. */
  readonly scaleByDeviation?: boolean | undefined;
  readonly steps?: number | undefined;
  readonly stepSize?: number | undefined;
  /** The policy to begin with, such as that of an earlier end: two ascents then make one. Default: the reference. */
  readonly start?: Float64Array | undefined;
}

/** Where an ascent ended, and how far from the optima that are known. Divergences are in nats. */
export interface AscentEnd {
  readonly policy: Float64Array;
  readonly fixedPoint: FixedPoint;
  readonly toReverseOptimum: number;
  readonly toForwardOptimum: number;
  readonly fromReference: number;
  readonly meanReward: number;
}

/** The longest step of a logit: k3 in the reward grows like e⁻ᵘ as a token disappears. */
const LONGEST = 1;

/**
 * Follows the expected step of an estimate from the reference policy. No sampling, no noise.
 *
 * @throws ConfigError for a start of another number of tokens
 */
export function ascend({ reference, rewards }: TokenBandit, options: AscentOptions): AscentEnd {
  const { beta, estimate, place, scaleByDeviation = false, steps = 2000, stepSize = 0.1 } = options;
  const reverse = reverseOptimum(reference, rewards, beta);
  const forward = forwardOptimum(reference, rewards, beta);
  let policy = options.start ?? reference;
  if (policy.length !== reference.length) {
    const allowed = `${reference.length} log-probabilities, one for each token`;
    throw new ConfigError({ field: "start", given: `${policy.length} of them`, allowed });
  }
  for (let step = 0; step < steps; step++) {
    const scale = scaleByDeviation ? 1 / (deviation(policy, rewards) + 1e-4) : 1;
    const weights = policy.map((l, y) => scale * rewards[y] + beta * klWeight(estimate, place, l - reference[y]));
    const mean = expectation(policy, weights);
    const limited = (move: number): number => Math.min(LONGEST, Math.max(-LONGEST, move));
    policy = normalised(policy.map((l, y) => l + limited(stepSize * (weights[y] - mean))));
  }
  return {
    policy,
    fixedPoint: scaleByDeviation ? "unknown" : fixedPointOf(estimate, place),
    toReverseOptimum: divergence(policy, reverse),
    toForwardOptimum: divergence(policy, forward),
    fromReference: divergence(policy, reference),
    meanReward: expectation(policy, rewards),
  };
}

function deviation(policy: Float64Array, values: Float64Array): number {
  const mean = expectation(policy, values);
  return Math.sqrt(
    expectation(
      policy,
      values.map((x) => (x - mean) ** 2),
    ),
  );
}
