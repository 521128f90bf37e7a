/** Tests of the critic's values, and of what follows an episode. */

import { Tensor } from "../../tensor/index.js";
import { compare } from "../compare.js";
import type { Evidence, Fault, Test } from "../exercise.js";
import { judgeRows } from "../judge-rows.js";
import type { MistakeName } from "../mistakes.js";
import { rightValues, smallLearner } from "../small-networks.js";
import type { BaselineAnswer } from "./answer.js";
import { someEpisodes } from "./episodes.js";

function judgeValues({ values }: Pick<BaselineAnswer, "values">): Fault | undefined {
  const { critic } = smallLearner();
  const [{ observations }] = someEpisodes;
  const got: unknown = values(critic, observations);
  const call = `values of ${observations.length} observations`;
  return judgeRows(call, got, Array.from(rightValues(critic, observations).toArray()));
}

/** An episode with and without a terminal state at its end. */
function tryAfter({ valueAfter }: Pick<BaselineAnswer, "valueAfter">, terminated: boolean): Evidence {
  const { critic } = smallLearner();
  const [episode] = someEpisodes;
  const got: unknown = valueAfter(critic, { ...episode, terminated });
  const call = `valueAfter, of an episode that ${terminated ? "reached a terminal state" : "a time limit cut off"},`;
  if (got instanceof Tensor) {
    const detail = `${call} gave a tensor; a plain number is asked for, so that no gradient gets into it`;
    return { fault: { mistake: "target-not-detached", detail } };
  }
  const [value] = rightValues(critic, [episode.last]).toArray();
  const mistake: MistakeName = terminated ? "terminal-bootstrapped" : "time-limit-as-death";
  return { fault: compare(call, [got], [terminated ? 0 : value], [[mistake, [terminated ? value : 0]]]) };
}

/** Shape, values and gradient of V, then what follows a terminal state and a time limit. */
export const valuesTest: Test<Pick<BaselineAnswer, "values">> = {
  name: "values",
  subject: "values",
  wants: "V(s) of every observation, as a tensor [T] with a gradient",
  seconds: 10,
  run: (answer) => ({ fault: judgeValues(answer) }),
};

/** What follows a terminal state, and what follows a time limit. */
export const valueAfterTests: readonly Test<Pick<BaselineAnswer, "valueAfter">>[] = [
  {
    name: "after-terminal",
    subject: "valueAfter",
    wants: "nothing to come after a terminal state",
    seconds: 10,
    run: (answer) => tryAfter(answer, true),
  },
  {
    name: "after-time-limit",
    subject: "valueAfter",
    wants: "V of what was seen last after a time limit",
    seconds: 10,
    run: (answer) => tryAfter(answer, false),
  },
];
