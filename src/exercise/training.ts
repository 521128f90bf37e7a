/** The last test of every exercise: CartPole has to be learned. */

import { rounded } from "./compare.js";
import type { Evidence, Test } from "./exercise.js";

/** What a training answer has. */
export interface Trains {
  train(options: { readonly seed: number; readonly episodes: number }): number[];
}

const EPISODES = 800;
const BEST = 195;
const LAST_MEAN = 50;

/** After the tests of these functions: at least one episode of 195 steps, and more than 50 on average over the last 100 of 800. */
export const learnsCartPole = (needs: readonly string[]): Test<Trains> => ({
  name: "cart-pole",
  needs,
  subject: "train",
  wants: `CartPole: an episode of at least ${BEST} steps within ${EPISODES}, and more than ${LAST_MEAN} on average over the last 100`,
  seconds: 300,
  run: (answer) => judge(answer.train({ seed: 0, episodes: EPISODES })),
});

/** Judges what the episodes of a training run paid. */
function judge(returns: unknown): Evidence {
  const call = `train({ seed: 0, episodes: ${EPISODES} })`;
  if (!Array.isArray(returns) || returns.length < EPISODES || !returns.every(Number.isFinite)) {
    const given = Array.isArray(returns) ? `a list of ${returns.length}: ${rounded(returns)}` : rounded(returns);
    return { fault: { mistake: "too-few-episodes", detail: `${call} gave ${given}` } };
  }
  const scores: readonly number[] = returns;
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  const mean = scores.slice(-100).reduce((sum, score) => sum + score, 0) / 100;
  const detail = `the best episode had ${best} steps, and the last 100 averaged ${rounded(mean)}`;
  const learned = best >= BEST && mean > LAST_MEAN;
  return learned ? { returns: scores } : { fault: { mistake: "not-learned", detail }, returns: scores };
}
