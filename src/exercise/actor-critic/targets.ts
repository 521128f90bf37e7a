/** Tests of the targets: where an episode ends, and that no gradient is left in them. */

import { parameter, Tensor, tensor } from "../../tensor/index.js";
import { compare, isNothing, rounded } from "../compare.js";
import type { Fault, Test } from "../exercise.js";
import { endsOf, rightTargets, type Steps, someSteps, wrongTargets } from "../steps.js";
import type { ActorCriticAnswer } from "./answer.js";

type TargetsAnswer = Pick<ActorCriticAnswer, "targets">;

const GAMMA = 0.5;
const NEXT_VALUES = [10, 20, 30, 40, 50];

function judge({ targets }: TargetsAnswer, steps: Steps, nextValues: readonly number[]): Fault | undefined {
  const got: unknown = targets(steps, parameter(tensor(nextValues), "nextValues"), GAMMA);
  const call =
    `targets for rewards ${rounded(steps.rewards)}, next values ${rounded(nextValues)} and γ = ${GAMMA}, ` +
    endsOf(steps);
  if (!(got instanceof Tensor)) {
    const mistake = isNothing(got) ? "nothing-returned" : "wrong-value";
    return { mistake, detail: `${call} gave ${rounded(got)}, not a tensor` };
  }
  const want = rightTargets(steps, nextValues, GAMMA);
  const fault = compare(call, Array.from(got.toArray()), want, wrongTargets(steps, nextValues, GAMMA));
  if (fault !== undefined || !got.requiresGrad) return fault;
  return { mistake: "target-not-detached", detail: `${call} has the right values, and a gradient` };
}

/** Five steps with both kinds of end, then a step to a terminal state and one that goes on. */
export const targetsTests: readonly Test<TargetsAnswer>[] = [
  {
    name: "targets",
    subject: "targets",
    wants: "reward plus discounted next value, without a gradient",
    seconds: 10,
    run: (answer) => ({ fault: judge(answer, someSteps, NEXT_VALUES) }),
  },
  {
    name: "targets-terminal",
    subject: "targets",
    wants: "the reward alone before a terminal state",
    seconds: 10,
    run(answer) {
      const steps = { ...someSteps, rewards: [-1, 2], terminated: [true, false], truncated: [false, false] };
      return { fault: judge(answer, steps, [8, 4]) };
    },
  },
];
