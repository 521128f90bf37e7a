/** The last test of every exercise: CartPole has to be learned. */

import { rounded } from "./compare.js";
import type { Evidence, Test } from "./exercise.js";

/** What a training answer has. */
export interface Trains {
  train(options: { readonly seed: number; readonly episodes: number }): number[];
}

/** What has to be reached on CartPole. */
export interface Bar {
  readonly episodes: number;
  /** Steps of the best episode. */
  readonly best: number;
  /** Mean of the last 100. */
  readonly lastMean: number;
}

/** After the tests of these functions: so good an episode, and more than `lastMean` on average over the last 100. */
export const learnsCartPole = (needs: readonly string[], bar: Bar): Test<Trains> => ({
  name: "cart-pole",
  needs,
  subject: "train",
  wants: `CartPole: an episode of at least ${bar.best} steps within ${bar.episodes}, and more than ${bar.lastMean} on average over the last 100`,
  seconds: 300,
  episodes: bar.episodes,
  run: (answer) => judge(answer.train({ seed: 0, episodes: bar.episodes }), bar),
});

/** Judges what the episodes of a training run paid. */
function judge(returns: unknown, bar: Bar): Evidence {
  const call = `train({ seed: 0, episodes: ${bar.episodes} })`;
  if (!Array.isArray(returns) || returns.length < bar.episodes || !returns.every(Number.isFinite)) {
    const given = Array.isArray(returns) ? `a list of ${returns.length}: ${rounded(returns)}` : rounded(returns);
    return { fault: { mistake: "too-few-episodes", detail: `${call} gave ${given}` } };
  }
  const scores: readonly number[] = returns;
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  const mean = scores.slice(-100).reduce((sum, score) => sum + score, 0) / 100;
  const detail = `the best episode had ${best} steps, and the last 100 averaged ${rounded(mean)}`;
  const learned = best >= bar.best && mean > bar.lastMean;
  return learned ? { returns: scores } : { fault: { mistake: "not-learned", detail }, returns: scores };
}
