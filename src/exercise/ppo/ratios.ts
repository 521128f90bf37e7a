/** Tests of the ratios. */

import { parameter, Tensor, tensor } from "../../tensor/index.js";
import { compare, rounded } from "../compare.js";
import type { Fault, Test } from "../exercise.js";
import { judgeRows } from "../judge-rows.js";
import type { PpoAnswer } from "./answer.js";

type RatiosAnswer = Pick<PpoAnswer, "ratios">;

function judge({ ratios }: RatiosAnswer, now: readonly number[], old: readonly number[]): Fault | undefined {
  const logProbs = parameter(tensor(now), "logProbs");
  const got: unknown = ratios(logProbs, [...old]);
  const call = `ratios(${rounded(now)}, ${rounded(old)})`;
  const difference = tensor(now).sub(tensor(old));
  const right = Array.from(difference.exp().toArray());
  const fault = judgeRows(call, got, right, [
    ["ratio-of-logarithms", now.map((value, i) => value / old[i])],
    ["ratio-not-exponential", now.map((value, i) => value - old[i])],
    ["ratio-inverted", Array.from(difference.neg().exp().toArray())],
    ["old-policy-ignored", Array.from(tensor(now).exp().toArray())],
  ]);
  if (fault?.mistake === "not-finite") return { ...fault, mistake: "ratio-from-probabilities" };
  if (fault !== undefined || !(got instanceof Tensor)) return fault;
  got.sum().backward();
  // ∂ρ/∂log π = ρ
  return compare(`the gradient of ${call}`, Array.from(logProbs.grad?.toArray() ?? []), right);
}

/** Ratios above, at and below 1, then of actions whose probability is 0 in float32. */
export const ratiosTests: readonly Test<RatiosAnswer>[] = [
  {
    name: "ratios",
    subject: "ratios",
    wants: "π/π_old from the logarithms of both, with a gradient",
    seconds: 10,
    run: (answer) => ({ fault: judge(answer, [-0.5, -1, -2], [-1.5, -1, -1.5]) }),
  },
  {
    name: "ratios-unlikely",
    subject: "ratios",
    wants: "the same ratio for actions that are very unlikely",
    seconds: 10,
    run: (answer) => ({ fault: judge(answer, [-200, -300], [-201, -300]) }),
  },
];
