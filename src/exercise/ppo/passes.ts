/** Passes over steps in minibatches, as they should be and by usual mistakes. */

import { type Tensor, tensor } from "../../tensor/index.js";
import { type Descent, descend, each, slips } from "../descent.js";
import { type Judgement, misjudged, rightJudgement } from "../gae/update.js";
import type { MistakeName } from "../mistakes.js";
import { rightNormalise } from "../reinforce/normalise.js";
import { type Learner, rightLogProbs, rightValues } from "../small-networks.js";
import type { RecordedSteps, Settings } from "./answer.js";
import { rightPolicyLoss, USUAL_CLIP } from "./policy-loss.js";

/** Rows of a list, by their numbers. */
export type Rows = readonly number[];

/** What a minibatch picks by its rows, but for the observations. */
type Picked = "actions" | "logProbs" | "advantages" | "targets";

/** How passes differ from the right ones. */
export interface Odd extends Partial<Descent> {
  /** The log-probabilities of the old policy, from those of now. */
  readonly old?: (now: Tensor) => Tensor;
  readonly settings?: Partial<Settings>;
  readonly judged?: (right: Judgement) => Judgement;
  /** Whether each epoch judges the steps anew. */
  readonly judgedAgain?: boolean;
  /** Whether each minibatch normalises its advantages. */
  readonly normalises?: boolean;
  /** What a minibatch takes from the start of the list, whatever its rows are. */
  readonly misaligned?: readonly Picked[];
}

/** A mistake, and what it does. */
export type OddPasses = readonly [mistake: MistakeName, odd: Odd];

export const LIMIT = 0.5;

/** What mistakes do in one pass or in several. */
export const oddPasses: readonly OddPasses[] = [
  ...slips(LIMIT),
  ["one-epoch", { settings: { epochs: 1 } }],
  ["old-log-probs-recomputed", { old: (now) => now.detach() }],
  ["settings-ignored", { settings: { clip: USUAL_CLIP } }],
  ["settings-ignored", { settings: { epochs: 10 } }],
  ...misjudged.map(([mistake, judged]): OddPasses => [mistake, { judged }]),
  ["normalised-by-minibatch", { normalises: true }],
  ["advantages-judged-again", { judgedAgain: true }],
  ...each.map((summed): OddPasses => ["steps-summed", { summed }]),
];

const PICKED: readonly Picked[] = ["actions", "logProbs", "advantages", "targets"];

/** What minibatches do whose parts belong to other steps. */
export const misalignedPasses: readonly OddPasses[] = [...PICKED.map((one) => [one]), PICKED].map((misaligned) => [
  "rows-misaligned",
  { misaligned },
]);

/** Goes through the minibatches of each epoch, given by their rows: one step of gradient descent for each. */
export function passes(
  learner: Learner,
  steps: RecordedSteps,
  given: Settings,
  minibatchesIn: (epoch: number) => readonly Rows[],
  { old, settings, judged = (right) => right, judgedAgain, normalises, misaligned = [], ...descent }: Odd,
): void {
  const { clip, epochs, gamma, lambda } = { ...given, ...settings };
  const judge = (): Judgement => judged(rightJudgement(learner, steps, { gamma, lambda }));
  let judgement = judge();
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (judgedAgain) judgement = judge();
    const { normalised, targets } = judgement;
    for (const rows of minibatchesIn(epoch)) {
      const pick = <T>(list: readonly T[], what?: Picked): T[] =>
        what !== undefined && misaligned.includes(what) ? list.slice(0, rows.length) : rows.map((row) => list[row]);
      const observations = pick(steps.observations);
      const now = rightLogProbs(learner.policy, { observations, actions: pick(steps.actions, "actions") });
      const ratios = now.sub(old?.(now) ?? tensor(pick(steps.logProbs, "logProbs"))).exp();
      const theirs = pick(normalised, "advantages");
      const errors = rightValues(learner.critic, observations).sub(tensor(pick(targets, "targets")));
      const losses = {
        policy: rightPolicyLoss(ratios, normalises ? rightNormalise([theirs])[0] : theirs, clip),
        critic: errors.square().mean(),
        steps: rows.length,
      };
      descend(learner, losses, { limit: LIMIT, ...descent });
    }
  }
}
