/** Tests of the two losses of a policy and its critic: values, gradients, and where no gradient may go. */

import { parameter, type Tensor, tensor } from "../tensor/index.js";
import { rounded, type Suspects } from "./compare.js";
import type { Test } from "./exercise.js";
import { judgeNoSlope, judgeSlopes, judgeValue } from "./judge-loss.js";

const LOG_PROBS = [-0.5, -1, -2];
/** What V is drawn towards: returns, or targets. */
const AIMS = [3, 4, 1];
const VALUES = [2, 2, 2];
const ADVANTAGES = AIMS.map((aim, t) => aim - VALUES[t]);
const ERRORS = ADVANTAGES.map((advantage) => -advantage);

/** By hand: advantages [1, 2, -1], so -(-0.5 · 1 - 1 · 2 + 2 · 1) = 0.5. A table of all products adds up to 7. */
const POLICY_VALUES: Suspects = [
  ["wrong-sign", [-0.5]],
  ["mean-for-sum", [0.5 / 3]],
  ["baseline-added", [14.5]],
  ["baseline-ignored", [7.5]],
  ["outer-product", [7]],
];
const POLICY_SLOPES: Suspects = [
  ["wrong-sign", ADVANTAGES],
  ["mean-for-sum", ADVANTAGES.map((a) => -a / 3)],
  ["baseline-added", AIMS.map((aim, t) => -aim - VALUES[t])],
  ["baseline-ignored", AIMS.map((aim) => -aim)],
];
/** By hand: errors [-1, -2, 1], so (1 + 4 + 1)/3 = 2. */
const CRITIC_VALUES: Suspects = [
  ["steps-summed", [6]],
  ["not-squared", [-2 / 3]],
  ["not-squared", [2 / 3]],
  ["critic-sign", [-2]],
];
const CRITIC_SLOPES: Suspects = [
  ["steps-summed", ERRORS.map((error) => 2 * error)],
  ["not-squared", ERRORS.map(() => 1 / 3)],
  ["not-squared", ERRORS.map(() => -1 / 3)],
  ["critic-sign", ERRORS.map((error) => (-2 / 3) * error)],
];

/** Tests of `policyLoss`: minus the sum of (aim - V) times log-probability. `aims` says in a word what the aims are. */
export function policyLossTests<Answer>(
  aims: string,
  lossOf: (answer: Answer, logProbs: Tensor, aims: readonly number[], values: Tensor) => unknown,
): readonly Test<Answer>[] {
  const call = `policyLoss of log-probabilities ${rounded(LOG_PROBS)}, ${aims}s ${rounded(AIMS)} and values ${rounded(VALUES)}`;
  const tried = (answer: Answer): { got: unknown; logProbs: Tensor; values: Tensor } => {
    const logProbs = parameter(tensor(LOG_PROBS), "logProbs");
    const values = parameter(tensor(VALUES), "values");
    return { got: lossOf(answer, logProbs, [...AIMS], values), logProbs, values };
  };
  return [
    {
      name: "policy-loss-value",
      subject: "policyLoss",
      wants: `minus the sum of (${aims} - V) times log-probability`,
      seconds: 10,
      run: (answer) => ({ fault: judgeValue(call, tried(answer).got, 0.5, POLICY_VALUES) }),
    },
    {
      name: "policy-loss-gradient",
      subject: "policyLoss",
      wants: "a gradient for the policy, and none for V",
      seconds: 10,
      run(answer) {
        const { got, logProbs, values } = tried(answer);
        const slope = { of: logProbs, name: "the log-probabilities", want: ERRORS, suspects: POLICY_SLOPES };
        const fault = judgeSlopes("the policy's loss", got, [slope]);
        return { fault: fault ?? judgeNoSlope("the policy's loss", values, "V", "baseline-leaks") };
      },
    },
  ];
}

/** Tests of the critic's loss, which is called `subject`: the mean squared error of V. */
export function criticLossTests<Answer>(
  subject: string,
  aims: string,
  lossOf: (answer: Answer, values: Tensor, aims: readonly number[]) => unknown,
): readonly Test<Answer>[] {
  const call = `${subject} of values ${rounded(VALUES)} and ${aims}s ${rounded(AIMS)}`;
  const valuesOf = (): Tensor => parameter(tensor(VALUES), "values");
  const want = ERRORS.map((error) => (2 / 3) * error);
  return [
    {
      name: "critic-loss-value",
      subject,
      wants: "the mean squared error of V",
      seconds: 10,
      run: (answer) => ({ fault: judgeValue(call, lossOf(answer, valuesOf(), [...AIMS]), 2, CRITIC_VALUES) }),
    },
    {
      name: "critic-loss-gradient",
      subject,
      wants: `a gradient that moves V towards the ${aims}`,
      seconds: 10,
      run(answer) {
        const values = valuesOf();
        const slope = { of: values, name: "V", want, suspects: CRITIC_SLOPES, without: "critic-detached" } as const;
        return { fault: judgeSlopes("the critic's loss", lossOf(answer, values, [...AIMS]), [slope]) };
      },
    },
  ];
}
