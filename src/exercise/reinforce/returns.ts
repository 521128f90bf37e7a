/** Tests of returns to go. */

import { compare, rounded } from "../compare.js";
import type { Evidence, Test } from "../exercise.js";
import type { MistakeName } from "../mistakes.js";
import type { ReinforceAnswer } from "./answer.js";

type Returns = ReinforceAnswer["returnsToGo"];
type ReturnsAnswer = Pick<ReinforceAnswer, "returnsToGo">;

/** Gₜ = rₜ + γ Gₜ₊₁ */
export const rightReturns: Returns = (rewards, gamma) => {
  const returns = [...rewards];
  for (let t = returns.length - 2; t >= 0; t--) returns[t] += gamma * returns[t + 1];
  return returns;
};

const wrongReturns: readonly (readonly [MistakeName, Returns])[] = [
  ["undiscounted", (rewards) => rightReturns(rewards, 1)],
  ["forwards", (rewards, gamma) => rightReturns([...rewards].reverse(), gamma).reverse()],
  ["forwards", (rewards, gamma) => rewards.map((_, t) => rightReturns(rewards.slice(0, t + 1), gamma)[0])],
  ["whole-episode", (rewards, gamma) => rewards.map(() => rightReturns(rewards, gamma)[0])],
  ["last-reward-dropped", (rewards, gamma) => rightReturns([...rewards.slice(0, -1), 0], gamma)],
  ["last-reward-dropped", (rewards, gamma) => rightReturns(rewards.slice(0, -1), gamma)],
  ["own-reward-dropped", (rewards, gamma) => [...rightReturns(rewards, gamma).slice(1), 0]],
  ["own-reward-dropped", (rewards, gamma) => [...rightReturns(rewards, gamma).slice(1), 0].map((g) => gamma * g)],
  ["reversed-order", (rewards, gamma) => rightReturns(rewards, gamma).reverse()],
  ["discount-misplaced", (rewards, gamma) => rightReturns(rewards, gamma).map((g) => gamma * g)],
  ["discount-misplaced", (rewards, gamma) => rightReturns(rewards, 1).map((g) => gamma * g)],
  ["discounted-twice", (rewards, gamma) => weighted(rightReturns(rewards, gamma), gamma)],
];

function weighted(returns: readonly number[], gamma: number): number[] {
  let weight = 1 / gamma;
  return returns.map((value) => value * (weight *= gamma));
}

function tryReturns({ returnsToGo }: ReturnsAnswer, rewards: readonly number[], gamma: number): Evidence {
  const given = [...rewards];
  const got = returnsToGo(given, gamma);
  const call = `returnsToGo(${rounded(rewards)}, ${gamma})`;
  const suspects = wrongReturns.map(([mistake, returns]) => [mistake, returns(rewards, gamma)] as const);
  const fault = compare(call, got, rightReturns(rewards, gamma), suspects);
  if (fault !== undefined || !compare("rewards", given, rewards)) return { fault };
  return { fault: { mistake: "argument-changed", detail: `after ${call}, the rewards are ${rounded(given)}` } };
}

/** The tests in the order in which a learner reads them. */
export const returnsTests: readonly Test<ReturnsAnswer>[] = [
  {
    name: "returns-half",
    subject: "returnsToGo",
    wants: "returns to go for γ = 0.5",
    seconds: 10,
    run: (answer) => tryReturns(answer, [1, 2, 3], 0.5),
  },
  {
    name: "returns-undiscounted",
    subject: "returnsToGo",
    wants: "returns to go for γ = 1",
    seconds: 10,
    run: (answer) => tryReturns(answer, [1, 2, 4, -1], 1),
  },
  {
    name: "returns-one-step",
    subject: "returnsToGo",
    wants: "the return of an episode of one step",
    seconds: 10,
    run: (answer) => tryReturns(answer, [5], 0.5),
  },
];
