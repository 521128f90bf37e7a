/** Tests of an update of policy and critic. */

import { stack, type Tensor, tensor } from "../../tensor/index.js";
import { descend, type Step, scaled, updatesBy, updateTests } from "../moves.js";
import { rightReturns } from "../reinforce/returns.js";
import { type Learner, rightLogProbs, rightValues } from "../small-networks.js";
import type { BaselineAnswer, Episode } from "./answer.js";
import { someEpisodes } from "./episodes.js";

const GAMMA = 0.9;
const LIMIT = 1;

/** Whether V of the last observation follows an episode. */
type Follows = (episode: Episode) => boolean;

const afterTimeLimits: Follows = ({ terminated }) => !terminated;

/** Policy loss plus value loss of each episode. */
function lossesOf({ policy, critic }: Learner, episodes: readonly Episode[], follows: Follows): Tensor {
  return stack(
    episodes.map((episode) => {
      const after = follows(episode) ? rightValues(critic, [episode.last]).item() : 0;
      const { rewards } = episode;
      const last = rewards.length - 1;
      const returns = tensor(
        rightReturns(
          rewards.map((r, t) => (t === last ? r + GAMMA * after : r)),
          GAMMA,
        ),
      );
      const expected = rightValues(critic, episode.observations);
      const gain = rightLogProbs(policy, episode).mul(returns.sub(expected.detach())).sum();
      return expected.sub(returns).square().mean().sub(gain);
    }),
  );
}

/** One update, two in a row, and one with long gradients. */
export const baselineUpdateTests = updateTests<Pick<BaselineAnswer, "update">>(
  {
    needs: ["values", "valueAfter", "policyLoss", "valueLoss"],
    wants: "one step of gradient descent for policy and critic, on the mean loss of two episodes",
    limit: LIMIT,
  },
  ({ update }, { scale }) => {
    const episodes = someEpisodes.map((one) => ({
      ...one,
      observations: scaled(one.observations, scale),
      last: scaled([one.last], scale)[0],
    }));
    const by =
      (follows: Follows, of: (losses: Tensor) => Tensor): Step =>
      (learner) =>
        descend(learner, of(lossesOf(learner, episodes, follows)), { limit: LIMIT });
    const { right, wrong } = updatesBy((learner) => lossesOf(learner, episodes, afterTimeLimits).mean(), LIMIT);
    return {
      answer: (learner) => update(learner, episodes, GAMMA),
      right,
      wrong: [
        ...wrong,
        ["sum-for-mean", by(afterTimeLimits, (losses) => losses.sum())],
        [
          "time-limit-as-death",
          by(
            () => false,
            (losses) => losses.mean(),
          ),
        ],
        [
          "terminal-bootstrapped",
          by(
            () => true,
            (losses) => losses.mean(),
          ),
        ],
      ],
    };
  },
);
