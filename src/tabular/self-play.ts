/**
 * Exact policy gradients in self-play. Both players of a zero-sum game have softmax strategies x and y and update at
 * the same time:
 *
 *   θᵢ ← θᵢ + α xᵢ ((A y)ᵢ − xᵀA y − c (log xᵢ + H(x)))        and likewise for y with −xᵀA
 *
 * where c weights the entropy bonus. Without it, the strategies circle the equilibrium and drift outwards, while their
 * average over time approaches it. With it, they converge to the equilibrium of the game with the bonus.
 */

import { ConfigError } from "../errors.js";
import { log } from "../kernels/maths.js";
import { columnPayoffs, exploitability, type Payoff, rowPayoffs } from "./matrix-game.js";
import { softmax } from "./policies.js";

/** The starting point and the step sizes of self-play. */
export interface SelfPlayOptions {
  /** The initial logits of both players. */
  readonly logits: readonly [row: readonly number[], column: readonly number[]];
  readonly learningRate: number;
  /** c, per nat. */
  readonly entropyBonus?: number;
}

/** The state of self-play after `step` updates. */
export interface SelfPlayStep {
  readonly step: number;
  readonly strategies: readonly [row: Float64Array, column: Float64Array];
  /** The mean of the strategies so far, including this one. */
  readonly averages: readonly [row: Float64Array, column: Float64Array];
  readonly exploitability: number;
  readonly averageExploitability: number;
}

/** Yields the starting point as step 0, then one step after another without end; the caller decides when to stop. */
export function* selfPlay(
  payoff: Payoff,
  { logits, learningRate, entropyBonus = 0 }: SelfPlayOptions,
): Generator<SelfPlayStep, never> {
  const theta = [
    checkLogits(logits[0], payoff.length, "row"),
    checkLogits(logits[1], payoff[0].length, "column"),
  ] as const;
  for (const [field, given] of Object.entries({ learningRate, entropyBonus })) {
    if (!(given >= 0 && given < Infinity)) throw new ConfigError({ field, given, allowed: "a number of at least 0" });
  }
  const sums = [new Float64Array(payoff.length), new Float64Array(payoff[0].length)] as const;
  for (let step = 0; ; step++) {
    const x = softmax(theta[0]);
    const y = softmax(theta[1]);
    add(sums[0], x, 1);
    add(sums[1], y, 1);
    const mean = (sum: Float64Array): Float64Array => sum.map((total) => total / (step + 1));
    const averages = [mean(sums[0]), mean(sums[1])] as const;
    yield {
      step,
      strategies: [x, y],
      averages,
      exploitability: exploitability(payoff, x, y),
      averageExploitability: exploitability(payoff, ...averages),
    };
    const losses = columnPayoffs(payoff, x).map((value) => -value);
    add(theta[0], gradient(x, rowPayoffs(payoff, y), entropyBonus), learningRate);
    add(theta[1], gradient(y, losses, entropyBonus), learningRate);
  }
}

/** ∂(xᵀg + c H(x))/∂θ for x = softmax(θ) and constant g. */
function gradient(x: Float64Array, gains: Float64Array, entropyBonus: number): Float64Array {
  // A probability that underflowed to 0 adds nothing to the entropy, and its logit gets no gradient.
  const rewards = gains.map((gain, i) => gain - (x[i] > 0 ? entropyBonus * log(x[i]) : 0));
  const expected = rewards.reduce((sum, reward, i) => sum + x[i] * reward, 0);
  return rewards.map((reward, i) => x[i] * (reward - expected));
}

function add(target: Float64Array, change: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * change[i];
}

function checkLogits(logits: readonly number[], moves: number, player: string): Float64Array {
  if (logits.length !== moves || !logits.every(Number.isFinite))
    throw new ConfigError({ field: `logits, ${player}`, given: logits, allowed: `${moves} finite numbers` });
  return Float64Array.from(logits);
}
