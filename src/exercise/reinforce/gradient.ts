/** The expected gradient of an answer on a world of two steps, by enumeration, against the exact one. */

import { make } from "../../envs/index.js";
import { mdpOf, policyGradient, softmaxPolicy, trajectories } from "../../tabular/index.js";
import { stack } from "../../tensor/index.js";
import { compare } from "../compare.js";
import type { Evidence, Test } from "../exercise.js";
import type { ReinforceAnswer } from "./answer.js";
import { linearPolicy } from "./policies.js";

type GradientAnswer = Pick<ReinforceAnswer, "returnsToGo" | "logProbs" | "loss">;

const GAMMA = 0.9;
/** [states, actions] */
const LOGITS = [0.3, -0.2, 0.1, 0.5, -0.4, 0.2];

function expectedGradient(answer: GradientAnswer): Evidence {
  const { table } = make("TwoStep-v0");
  const mdp = mdpOf(table);
  // A row of an identity matrix as the observation picks a row of weights, so these are the logits of the table.
  const policy = linearPolicy(LOGITS, [0, 0]);
  const parts = [...trajectories(table, softmaxPolicy(mdp, LOGITS), { maxSteps: 2 })].map(
    ({ probability, states, actions, rewards }) => {
      const observations = actions.map((_, t) =>
        Float32Array.from({ length: mdp.states }, (_, s) => (s === states[t] ? 1 : 0)),
      );
      const logProbs = answer.logProbs(policy, { observations, actions, rewards });
      return answer.loss(logProbs, answer.returnsToGo(rewards, GAMMA)).mul(probability);
    },
  );
  stack(parts).sum().backward();
  const got = Array.from(policy.layers[0].weights.grad?.toArray() ?? [], (slope) => -slope);
  // Without the factor γᵗ, visits are not discounted.
  const want = Array.from(policyGradient(mdp, LOGITS, { gamma: GAMMA, visitGamma: 1 }));
  const call = "your gradient, averaged over every possible episode of TwoStep-v0,";
  return {
    fault: compare(call, got, want, [
      ["wrong-sign", want.map((slope) => -slope)],
      ["mean-for-sum", want.map((slope) => slope / 2)],
    ]),
  };
}

/** The expectation over all four episodes has to be ∇J. */
export const gradientTest: Test<GradientAnswer> = {
  name: "exact-gradient",
  subject: "loss",
  needs: ["returnsToGo", "logProbs", "loss"],
  wants: "on a world of two steps, an expected gradient equal to the exact ∇J",
  seconds: 10,
  run: expectedGradient,
};
