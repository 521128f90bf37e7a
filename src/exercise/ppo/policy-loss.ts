/** Tests of the clipped loss: its values, its gradient, and that it starts as the policy gradient. */

import { full, minimum, parameter, type Tensor, tensor } from "../../tensor/index.js";
import { rounded, type Suspects } from "../compare.js";
import type { Fault, Test } from "../exercise.js";
import { judgeSlopes, judgeValue } from "../judge-loss.js";
import { rightLogProbs } from "../small-networks.js";
import { judgeExpected } from "../two-step.js";
import type { PpoAnswer } from "./answer.js";

type LossAnswer = Pick<PpoAnswer, "policyLoss">;

const E = 2.7182817;
/** The ε that everyone uses, and that some write into their code. */
export const USUAL_CLIP = 0.2;
const CLIP = 0.3;
/** A ratio outside each side of the clip range with an advantage of each sign, and one that only the usual ε would clip. */
const RATIOS = [E, 0.5, E, 0.5, 1.25];
const ADVANTAGES = [1, -2, -3, 4, 2];

/** -mean(min(ρA, clip(ρ)A)) */
export function rightPolicyLoss(ratios: Tensor, advantages: readonly number[], clip: number): Tensor {
  const A = tensor(advantages);
  return minimum(ratios.mul(A), ratios.clamp(1 - clip, 1 + clip).mul(A))
    .mean()
    .neg();
}

/** The terms that mistakes take the mean of. */
function suspects(ratios: readonly number[], advantages: readonly number[], clip: number, right: number): Suspects {
  const within = (value: number, most = clip): number => Math.min(1 + most, Math.max(1 - most, value));
  const lossOf = (term: (ratio: number, advantage: number) => number): number[] => [
    -ratios.reduce((sum, ratio, i) => sum + term(ratio, advantages[i]), 0) / ratios.length,
  ];
  return [
    ["wrong-sign", [-right]],
    ["unclipped-ratio", lossOf((ratio, a) => ratio * a)],
    ["clipped-only", lossOf((ratio, a) => within(ratio) * a)],
    ["max-for-min", lossOf((ratio, a) => Math.max(ratio * a, within(ratio) * a))],
    ["clipped-product", lossOf((ratio, a) => Math.min(ratio * a, within(ratio * a)))],
    ["clip-ignored", lossOf((ratio, a) => Math.min(ratio * a, within(ratio, USUAL_CLIP) * a))],
    ["steps-summed", [right * ratios.length]],
    ["wrong-sign", [-right * ratios.length]],
  ];
}

function judge(
  { policyLoss }: LossAnswer,
  ratios: readonly number[],
  advantages: readonly number[],
  clip: number,
): Fault | undefined {
  const right = rightPolicyLoss(tensor(ratios), advantages, clip).item();
  const call = `policyLoss of ratios ${rounded(ratios)} and advantages ${rounded(advantages)}, for ε = ${clip},`;
  const got = policyLoss(parameter(tensor(ratios), "ratios"), [...advantages], clip);
  return judgeValue(call, got, right, suspects(ratios, advantages, clip, right));
}

function judgeGradient({ policyLoss }: LossAnswer): Fault | undefined {
  const ratios = parameter(tensor(RATIOS), "ratios");
  const mean = (slopes: readonly number[]): number[] => slopes.map((slope) => slope / RATIOS.length);
  // The terms that are clipped have no gradient.
  const slopes = [0, 0, 3, -4, -2];
  return judgeSlopes(`the loss for ratios ${rounded(RATIOS)}`, policyLoss(ratios, [...ADVANTAGES], CLIP), [
    {
      of: ratios,
      name: "the ratios",
      want: mean(slopes),
      suspects: [
        ["unclipped-ratio", mean(ADVANTAGES.map((a) => -a))],
        ["clipped-only", mean([0, 0, 0, 0, -2])],
        ["max-for-min", mean([-1, 2, 0, 0, -2])],
        ["clip-ignored", mean([0, 0, 3, -4, 0])],
        ["wrong-sign", mean(slopes.map((slope) => -slope))],
        ["steps-summed", slopes],
        ["wrong-sign", slopes.map((slope) => -slope)],
      ],
    },
  ]);
}

/** One ratio beyond the range, all cases, the gradient, and the first pass. */
export const policyLossTests: readonly Test<LossAnswer>[] = [
  {
    name: "policy-loss-beyond",
    subject: "policyLoss",
    wants: "-1.2 for a ratio of e and an advantage of 1, with ε = 0.2",
    seconds: 10,
    run(answer) {
      const fault = judge(answer, [E], [1], USUAL_CLIP);
      if (fault?.mistake !== "unclipped-ratio") return { fault };
      // Here the larger product is the one without a clip. Other cases tell the two apart.
      return { fault: { ...fault, mistake: judge(answer, RATIOS, ADVANTAGES, CLIP)?.mistake ?? fault.mistake } };
    },
  },
  {
    name: "policy-loss-cases",
    subject: "policyLoss",
    wants: "the smaller of the two products in each step, for ratios and advantages of each kind",
    seconds: 10,
    run: (answer) => ({ fault: judge(answer, RATIOS, ADVANTAGES, CLIP) }),
  },
  {
    name: "policy-loss-gradient",
    subject: "policyLoss",
    wants: "no gradient for a ratio that has moved far enough, and the full one where it has moved the wrong way",
    seconds: 10,
    run: (answer) => ({ fault: judgeGradient(answer) }),
  },
  {
    name: "exact-gradient",
    subject: "policyLoss",
    needs: ["ratios", "policyLoss"],
    wants: "on a world of two steps, the exact ∇J in the first pass, where all ratios are 1",
    seconds: 10,
    run: ({ policyLoss }) => ({
      fault: judgeExpected(
        (policy, course) => {
          const logProbs = rightLogProbs(policy, course);
          const first = logProbs.sub(logProbs.detach()).exp();
          // The loss is a mean over steps, and the gradient of J a sum.
          return policyLoss(first, course.advantages, CLIP).mul(full([], course.advantages.length));
        },
        { averages: true },
      ),
    }),
  },
];
