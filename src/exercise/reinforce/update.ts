/** Tests of an update. */

import { stack, type Tensor, tensor } from "../../tensor/index.js";
import { descend } from "../descent.js";
import { type Step, scaled, type Updates, updatesBy, updateTests } from "../moves.js";
import { type Learner, rightLogProbs } from "../small-networks.js";
import type { Episode, ReinforceAnswer } from "./answer.js";
import { someEpisodes } from "./episodes.js";
import { rightNormalise } from "./normalise.js";
import { rightReturns } from "./returns.js";

const GAMMA = 0.9;
const LIMIT = 1;

/** -Σ A log π of each episode. */
function lossesOf({ policy }: Learner, episodes: readonly Episode[], advantages: readonly number[][]): Tensor {
  return stack(episodes.map((episode, i) => rightLogProbs(policy, episode).mul(tensor(advantages[i])).sum().neg()));
}

function updatesOn(episodes: readonly Episode[]): Pick<Updates, "right" | "wrong"> {
  const returns = episodes.map(({ rewards }) => rightReturns(rewards, GAMMA));
  const advantages = rightNormalise(returns);
  const perEpisode = returns.map((one) => rightNormalise([one])[0]);
  const by =
    (lossOf: (learner: Learner) => Tensor): Step =>
    (learner) =>
      descend(learner, { policy: lossOf(learner) }, { limit: LIMIT });
  const steps = returns.flat().length;
  const { right, wrong } = updatesBy((learner) => ({ policy: lossesOf(learner, episodes, advantages).mean() }), LIMIT);
  return {
    right,
    wrong: [
      ...wrong,
      ["sum-for-mean", by((learner) => lossesOf(learner, episodes, advantages).sum())],
      ["mean-for-sum", by((learner) => lossesOf(learner, episodes, advantages).sum().div(steps))],
      ["returns-not-normalised", by((learner) => lossesOf(learner, episodes, returns).mean())],
      ["wrong-set", by((learner) => lossesOf(learner, episodes, perEpisode).mean())],
    ],
  };
}

/** One update, two in a row, and one with a long gradient. */
export const reinforceUpdateTests = updateTests<Pick<ReinforceAnswer, "update">>(
  {
    needs: ["returnsToGo", "normalise", "logProbs", "loss"],
    wants: "one step of gradient descent on the mean loss of two episodes",
    limit: LIMIT,
  },
  ({ update }, trial) => {
    const episodes = someEpisodes.map((one) => ({
      ...one,
      observations: scaled(one.observations, trial.observations),
      rewards: one.rewards.map((reward) => trial.rewards * reward),
    }));
    return {
      ...updatesOn(episodes),
      answer: ({ policy, policyOptimizer }) => update(policy, policyOptimizer, episodes, GAMMA),
    };
  },
);
