/** Tests of the one-step advantages, of their sums by GAE, and of the critic's targets. */

import { tensor } from "../../tensor/index.js";
import { compare, rounded, type Suspects } from "../compare.js";
import type { Fault, Test } from "../exercise.js";
import { rightLogProbs } from "../small-networks.js";
import { endsOf, rightTargets, type Steps, someSteps, wrongTargets } from "../steps.js";
import { GAMMA, judgeExpected, stepsOf } from "../two-step.js";
import type { GaeAnswer } from "./answer.js";
import { rightGae, wrongGae } from "./right.js";

const VALUES = [1, 2, 3, 4, 5];
const NEXT_VALUES = [10, 20, 30, 40, 50];
const DELTAS = [1, 2, 4, 8, 16];

/** Three steps of an episode that goes on. */
const going: Steps = {
  ...someSteps,
  rewards: [1, 1, 1],
  terminated: [false, false, false],
  truncated: [false, false, false],
};

function judgeDeltas(
  { deltas }: Pick<GaeAnswer, "deltas">,
  steps: Steps,
  values: readonly number[],
  nextValues: readonly number[],
  gamma: number,
): Fault | undefined {
  const minus = (targets: readonly number[]): number[] => targets.map((target, t) => target - values[t]);
  const call =
    `deltas for rewards ${rounded(steps.rewards)}, values ${rounded(values)}, next values ${rounded(nextValues)} ` +
    `and γ = ${gamma}, ${endsOf(steps)}`;
  const targets = rightTargets(steps, nextValues, gamma);
  return compare(call, deltas(steps, [...values], [...nextValues], gamma), minus(targets), [
    ...wrongTargets(steps, nextValues, gamma).map(([mistake, wrong]) => [mistake, minus(wrong)] as const),
    ["value-missing", targets],
    ["value-added", targets.map((target, t) => target + values[t])],
  ]);
}

function judgeGae(
  { gae }: Pick<GaeAnswer, "gae">,
  steps: Steps,
  deltas: readonly number[],
  gamma: number,
  lambda: number,
): Fault | undefined {
  const call = `gae of deltas ${rounded(deltas)} for γ = ${gamma} and λ = ${lambda}, ${endsOf(steps)}`;
  const given = [...deltas];
  const got = gae(steps, given, gamma, lambda);
  const fault = compare(call, got, rightGae(steps, deltas, gamma, lambda), wrongGae(steps, deltas, gamma, lambda));
  if (fault !== undefined || !compare("deltas", given, deltas)) return fault;
  return { mistake: "argument-changed", detail: `after ${call} the deltas are ${rounded(given)}` };
}

const WRONG_VALUE_TARGETS: Suspects = [
  ["value-missing", [0.5, -1, 2]],
  ["difference-for-sum", [0.5, 3, 1]],
  ["difference-for-sum", [-0.5, -3, -1]],
];

/** The tests in the order in which a learner reads them. */
export const advantageTests: readonly Test<Pick<GaeAnswer, "deltas" | "gae" | "valueTargets">>[] = [
  {
    name: "deltas",
    subject: "deltas",
    wants: "one-step advantages over both kinds of end",
    seconds: 10,
    run: (answer) => ({ fault: judgeDeltas(answer, someSteps, VALUES, NEXT_VALUES, 0.5) }),
  },
  {
    name: "deltas-terminal",
    subject: "deltas",
    wants: "-1 for a terminal step without a reward from a state of value 1",
    seconds: 10,
    run(answer) {
      const steps = { ...someSteps, rewards: [0, 1], terminated: [true, false], truncated: [false, false] };
      return { fault: judgeDeltas(answer, steps, [1, 2], [5, 3], 1) };
    },
  },
  {
    name: "gae-one",
    subject: "gae",
    wants: "[2.5, 1.5, 0.5] from [1, 1, 0.5] for γ = λ = 1: all that follows",
    seconds: 10,
    run: (answer) => ({ fault: judgeGae(answer, going, [1, 1, 0.5], 1, 1) }),
  },
  {
    name: "gae-zero",
    subject: "gae",
    wants: "the one-step advantages themselves for λ = 0",
    seconds: 10,
    run: (answer) => ({ fault: judgeGae(answer, going, [1, 1, 0.5], 1, 0) }),
  },
  {
    name: "gae-ends",
    subject: "gae",
    wants: "sums that stop where an episode ends",
    seconds: 10,
    run: (answer) => ({ fault: judgeGae(answer, someSteps, DELTAS, 0.5, 0.8) }),
  },
  {
    name: "exact-gradient",
    subject: "gae",
    needs: ["deltas", "gae"],
    wants: "on a world of two steps, the exact ∇J: for any λ with the exact V, for λ = 1 with a wrong one",
    seconds: 10,
    run: (answer) => ({ fault: judgeGradient(answer, 0.5, 0) ?? judgeGradient(answer, 1, 0.7) }),
  },
  {
    name: "value-targets",
    subject: "valueTargets",
    wants: "advantage plus V",
    seconds: 10,
    run: ({ valueTargets }) => ({
      fault: compare(
        "valueTargets([0.5, -1, 2], [1, 2, 3])",
        valueTargets([0.5, -1, 2], [1, 2, 3]),
        [1.5, 1, 5],
        WRONG_VALUE_TARGETS,
      ),
    }),
  },
];

/** With a V that is wrong by this much. */
function judgeGradient(
  { deltas, gae }: Pick<GaeAnswer, "deltas" | "gae">,
  lambda: number,
  error: number,
): Fault | undefined {
  return judgeExpected((policy, course) => {
    const steps = stepsOf(course);
    const wrong = (values: readonly number[]): number[] => values.map((value) => value + error);
    const advantages = gae(steps, deltas(steps, wrong(course.values), wrong(course.nextValues), GAMMA), GAMMA, lambda);
    return rightLogProbs(policy, course).mul(tensor(advantages)).sum().neg();
  });
}
