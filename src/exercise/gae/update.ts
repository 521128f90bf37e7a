/** Tests of an update of policy and critic by advantages that GAE estimates. */

import { tensor } from "../../tensor/index.js";
import { type Descent, descend, each, type Losses } from "../descent.js";
import type { MistakeName } from "../mistakes.js";
import { updatesBy, updateTests } from "../moves.js";
import { rightNormalise } from "../reinforce/normalise.js";
import { type Learner, rightLogProbs, rightValues } from "../small-networks.js";
import { rightTargets, type Steps, scaledSteps, someSteps, valuesAround } from "../steps.js";
import type { GaeAnswer } from "./answer.js";
import { rightGae } from "./right.js";

const GAMMA = 0.9;
const LAMBDA = 0.8;
const LIMIT = 0.5;

/** What the critic's V says of steps: V, GAE's advantages, those for the policy, and the critic's targets. */
export interface Judgement {
  readonly values: readonly number[];
  readonly raw: readonly number[];
  readonly normalised: readonly number[];
  readonly targets: readonly number[];
}

/** Advantages, normalised ones, and V + A. */
export function rightJudgement(
  learner: Pick<Learner, "critic">,
  steps: Steps,
  { gamma, lambda }: { readonly gamma: number; readonly lambda: number },
): Judgement {
  const { values, nextValues } = valuesAround(learner, steps);
  const deltas = rightTargets(steps, nextValues, gamma).map((target, t) => target - values[t]);
  const raw = rightGae(steps, deltas, gamma, lambda);
  return { values, raw, normalised: rightNormalise([raw])[0], targets: raw.map((a, t) => a + values[t]) };
}

/** Judgements by mistake. */
export const misjudged: readonly (readonly [mistake: MistakeName, of: (right: Judgement) => Judgement])[] = [
  ["advantages-not-normalised", (right) => ({ ...right, normalised: right.raw })],
  ["targets-normalised", (right) => ({ ...right, targets: right.normalised.map((a, t) => a + right.values[t]) })],
  ["critic-on-advantages", (right) => ({ ...right, targets: right.raw })],
  ["critic-on-advantages", (right) => ({ ...right, targets: right.normalised })],
];

/** -mean(A log π) and mean (V - target)² */
function lossesOf({ policy, critic }: Learner, steps: Steps, { normalised, targets }: Judgement): Losses {
  return {
    policy: rightLogProbs(policy, steps).mul(tensor(normalised)).mean().neg(),
    critic: rightValues(critic, steps.observations).sub(tensor(targets)).square().mean(),
    steps: targets.length,
  };
}

/** One update, two in a row, and one with long gradients. */
export const gaeUpdateTests = updateTests<Pick<GaeAnswer, "update">>(
  {
    needs: ["deltas", "gae", "valueTargets"],
    wants: "one step of gradient descent for policy and critic",
    limit: LIMIT,
  },
  ({ update }, trial) => {
    const steps = scaledSteps(someSteps, trial);
    const judged = (learner: Learner, lambda = LAMBDA) => rightJudgement(learner, steps, { gamma: GAMMA, lambda });
    const by =
      (judgementOf: (learner: Learner) => Judgement, descent: Partial<Descent> = {}) =>
      (learner: Learner): void =>
        descend(learner, lossesOf(learner, steps, judgementOf(learner)), { limit: LIMIT, ...descent });
    const { right, wrong } = updatesBy((learner) => lossesOf(learner, steps, judged(learner)), LIMIT);
    return {
      answer: (learner) => update(learner, steps, GAMMA, LAMBDA),
      right,
      wrong: [
        ...wrong,
        ...misjudged.map(([mistake, of]) => [mistake, by((learner) => of(judged(learner)))] as const),
        ...each.map((summed) => ["steps-summed", by(judged, { summed })] as const),
        ["lambda-missing", by((learner) => judged(learner, 1))],
      ],
    };
  },
);
