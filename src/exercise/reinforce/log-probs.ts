/** A test of log-probabilities. */

import { Tensor } from "../../tensor/index.js";
import { compare, rounded } from "../compare.js";
import type { Fault, Test } from "../exercise.js";
import { rightLogProbs, smallLearner } from "../small-networks.js";
import type { Episode, ReinforceAnswer } from "./answer.js";
import { someEpisodes } from "./episodes.js";

type LogProbsAnswer = Pick<ReinforceAnswer, "logProbs">;

function judge({ logProbs }: LogProbsAnswer, episode: Episode): Fault | undefined {
  const { policy } = smallLearner();
  const got: unknown = logProbs(policy, episode);
  const steps = episode.actions.length;
  const call = `logProbs of an episode of ${steps} ${steps === 1 ? "step" : "steps"}`;
  if (!(got instanceof Tensor)) {
    const plain = Array.isArray(got) && got.every((value) => typeof value === "number");
    return {
      mistake: plain ? "detached" : "wrong-value",
      detail: `${call} gave ${rounded(got)}, not a tensor [${steps}]`,
    };
  }
  const shaped = `${call} has the shape [${got.shape.join(", ")}]; right is [${steps}]`;
  if (got.size === steps && got.shape.length > 1) return { mistake: "column-shape", detail: shaped };
  if (got.size === 2 * steps) return { mistake: "all-actions", detail: shaped };
  if (got.shape.length !== 1) return { mistake: "wrong-value", detail: shaped };
  const right = rightLogProbs(policy, episode);
  const want = Array.from(right.toArray());
  const fault = compare(call, Array.from(got.toArray()), want, [
    ["probabilities", Array.from(right.exp().toArray())],
    ["wrong-sign", want.map((value) => -value)],
  ]);
  if (fault !== undefined || got.requiresGrad) return fault;
  return { mistake: "detached", detail: `${call} has the right values and no gradient` };
}

/** Shape, values, and whether a gradient flows, for an episode of three steps and of one. */
export const logProbsTest: Test<LogProbsAnswer> = {
  name: "log-probs",
  subject: "logProbs",
  wants: "log π(aₜ | sₜ) of every step, as a tensor [T] with a gradient",
  seconds: 10,
  run: (answer) => ({ fault: judge(answer, someEpisodes[0]) ?? judge(answer, someEpisodes[1]) }),
};
