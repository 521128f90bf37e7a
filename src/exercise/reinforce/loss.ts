/** Tests of the loss: its value, and the sign of its gradient. */

import { parameter, type Tensor, tensor } from "../../tensor/index.js";
import { rounded, type Suspects } from "../compare.js";
import type { Fault, Test } from "../exercise.js";
import { judgeSlopes, judgeValue } from "../judge-loss.js";
import type { ReinforceAnswer } from "./answer.js";

type LossAnswer = Pick<ReinforceAnswer, "loss">;

const LOG_PROBS = [-0.5, -1, -2];
const ADVANTAGES = [1, 2, -1];
const CALL = `loss of log-probabilities ${rounded(LOG_PROBS)} and advantages ${rounded(ADVANTAGES)}`;

/** By hand: -(-0.5 · 1 - 1 · 2 + 2 · 1) = 0.5. A table of all products adds up to -(-3.5) · 2 = 7. */
const WRONG: Suspects = [
  ["wrong-sign", [-0.5]],
  ["mean-for-sum", [0.5 / 3]],
  ["wrong-sign", [-0.5 / 3]],
  ["outer-product", [7]],
  ["advantages-ignored", [3.5]],
];

function lossOf({ loss }: LossAnswer): { got: unknown; logProbs: Tensor } {
  const logProbs = parameter(tensor(LOG_PROBS), "logProbs");
  return { got: loss(logProbs, [...ADVANTAGES]), logProbs };
}

function judgeGradient(answer: LossAnswer): Fault | undefined {
  const { got, logProbs } = lossOf(answer);
  return judgeSlopes(`the loss, for advantages ${rounded(ADVANTAGES)},`, got, [
    {
      of: logProbs,
      name: "the log-probabilities",
      want: ADVANTAGES.map((a) => -a),
      suspects: [
        ["wrong-sign", ADVANTAGES],
        ["mean-for-sum", ADVANTAGES.map((a) => -a / 3)],
        ["outer-product", [-2, -2, -2]],
        ["advantages-ignored", [-1, -1, -1]],
      ],
    },
  ]);
}

/** The value and the gradient, -Aₜ for each log-probability. */
export const lossTests: readonly Test<LossAnswer>[] = [
  {
    name: "loss-value",
    subject: "loss",
    wants: "minus the sum of advantage times log-probability",
    seconds: 10,
    run: (answer) => ({ fault: judgeValue(CALL, lossOf(answer).got, 0.5, WRONG) }),
  },
  {
    name: "loss-gradient",
    subject: "loss",
    wants: "a gradient that makes good actions likelier",
    seconds: 10,
    run: (answer) => ({ fault: judgeGradient(answer) }),
  },
];
