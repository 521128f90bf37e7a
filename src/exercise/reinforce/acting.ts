/** A test of how actions are chosen. */

import { defaultRng } from "../../random/index.js";
import { isNothing, rounded } from "../compare.js";
import type { Fault, Test } from "../exercise.js";
import { linearNetwork } from "../small-networks.js";
import type { ReinforceAnswer } from "./answer.js";

type ActAnswer = Pick<ReinforceAnswer, "act">;

const DRAWS = 400;
/** ln 3: the second action has the probability 3/4. */
const LN_3 = 1.0986123;
/** Four standard deviations of the share. */
const NEAR = 0.09;

function draws({ act }: ActAnswer): unknown[] {
  const policy = linearNetwork([0, 0, 0, 0], [0, LN_3]);
  const rng = defaultRng(7);
  return Array.from({ length: DRAWS }, () => act(policy, Float32Array.of(1, -1), rng));
}

function judge(actions: readonly unknown[], again: readonly unknown[]): Fault | undefined {
  const strange = actions.filter((action) => action !== 0 && action !== 1);
  if (strange.length > 0) {
    const mistake = isNothing(actions) ? "nothing-returned" : "wrong-value";
    return { mistake, detail: `act gave ${rounded(strange[0])}; an action here is 0 or 1` };
  }
  const share = actions.filter((action) => action === 1).length / DRAWS;
  const detail = `of ${DRAWS} actions, ${rounded(100 * share)} % were 1, whose probability is 75 %`;
  if (share === 0 || share === 1) return { mistake: "greedy", detail };
  if (actions.some((action, i) => action !== again[i])) return { mistake: "own-randomness", detail: "two runs differ" };
  return Math.abs(share - 0.75) > NEAR ? { mistake: "policy-ignored", detail } : undefined;
}

/** Draws many actions from a policy whose probabilities are known. */
export const actTest: Test<ActAnswer> = {
  name: "actions-drawn",
  subject: "act",
  wants: "actions drawn with the policy's probabilities",
  seconds: 10,
  run: (answer) => ({ fault: judge(draws(answer), draws(answer)) }),
};
