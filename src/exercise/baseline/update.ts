/** Tests of an update of policy and critic. */

import { stack, type Tensor, tensor } from "../../tensor/index.js";
import { descend, type Losses } from "../descent.js";
import { type Step, scaled, updatesBy, updateTests } from "../moves.js";
import { rightReturns } from "../reinforce/returns.js";
import { type Learner, rightLogProbs, rightValues } from "../small-networks.js";
import type { BaselineAnswer, Episode } from "./answer.js";
import { someEpisodes } from "./episodes.js";

const GAMMA = 0.9;
const LIMIT = 1;

/** Whether V of the last observation follows an episode. */
type Follows = (episode: Episode) => boolean;

const afterTimeLimits: Follows = ({ terminated }) => !terminated;

/** How losses differ from the right ones. */
interface Odd {
  readonly follows?: Follows;
  readonly joined?: (losses: Tensor) => Tensor;
}

/** Policy loss and value loss of each episode, joined into one number each. */
function lossesOf(
  { policy, critic }: Learner,
  episodes: readonly Episode[],
  { follows = afterTimeLimits, joined = (losses) => losses.mean() }: Odd = {},
): Losses {
  const losses = episodes.map((episode) => {
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
    return { policy: gain.neg(), critic: expected.sub(returns).square().mean() };
  });
  return {
    policy: joined(stack(losses.map((loss) => loss.policy))),
    critic: joined(stack(losses.map((loss) => loss.critic))),
  };
}

/** One update, two in a row, and one with long gradients. */
export const baselineUpdateTests = updateTests<Pick<BaselineAnswer, "update">>(
  {
    needs: ["values", "valueAfter", "policyLoss", "valueLoss"],
    wants: "one step of gradient descent for policy and critic, on the mean loss of two episodes",
    limit: LIMIT,
  },
  ({ update }, trial) => {
    const episodes = someEpisodes.map((one) => ({
      ...one,
      observations: scaled(one.observations, trial.observations),
      last: scaled([one.last], trial.observations)[0],
      rewards: one.rewards.map((reward) => trial.rewards * reward),
    }));
    const by =
      (odd: Odd): Step =>
      (learner) =>
        descend(learner, lossesOf(learner, episodes, odd), { limit: LIMIT });
    const { right, wrong } = updatesBy((learner) => lossesOf(learner, episodes), LIMIT);
    return {
      answer: (learner) => update(learner, episodes, GAMMA),
      right,
      wrong: [
        ...wrong,
        ["sum-for-mean", by({ joined: (losses) => losses.sum() })],
        ["time-limit-as-death", by({ follows: () => false })],
        ["terminal-bootstrapped", by({ follows: () => true })],
      ],
    };
  },
);
