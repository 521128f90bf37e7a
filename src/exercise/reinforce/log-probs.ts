/** A test of log-probabilities. */

import { Tensor } from "../../tensor/index.js";
import type { Fault, Test } from "../exercise.js";
import { judgeRows } from "../judge-rows.js";
import { rightLogProbs, smallLearner } from "../small-networks.js";
import type { Episode, ReinforceAnswer } from "./answer.js";
import { someEpisodes } from "./episodes.js";

type LogProbsAnswer = Pick<ReinforceAnswer, "logProbs">;

function judge({ logProbs }: LogProbsAnswer, episode: Episode): Fault | undefined {
  const { policy } = smallLearner();
  const got: unknown = logProbs(policy, episode);
  const steps = episode.actions.length;
  const call = `logProbs of an episode of ${steps} ${steps === 1 ? "step" : "steps"}`;
  if (got instanceof Tensor && got.size === 2 * steps) {
    const detail = `${call} has the shape [${got.shape.join(", ")}]; right is [${steps}]`;
    return { mistake: "all-actions", detail };
  }
  const right = rightLogProbs(policy, episode);
  const want = Array.from(right.toArray());
  return judgeRows(call, got, want, [["probabilities", Array.from(right.exp().toArray())]]);
}

/** Shape, values, and whether a gradient flows, for an episode of three steps and of one. */
export const logProbsTest: Test<LogProbsAnswer> = {
  name: "log-probs",
  subject: "logProbs",
  wants: "log π(aₜ | sₜ) of every step, as a tensor [T] with a gradient",
  seconds: 10,
  run: (answer) => ({ fault: judge(answer, someEpisodes[0]) ?? judge(answer, someEpisodes[1]) }),
};
