import type { Update } from "ascent";
import type { Lesson } from "../protocol.js";
import { clippingOf } from "./clipping.js";

type Credit = NonNullable<Update["credit"]>;

/** An update of which its steps are known. */
export interface ExplainedUpdate extends Pick<Update, "update" | "diagnostics"> {
  readonly credit: Credit;
}

/** Steps of an episode that a page shows. */
const MOST_STEPS = 500;

/** The longest episode of the batch, step by step, and loss and ratios of all steps. */
export function lessonOf({ update, diagnostics, credit }: ExplainedUpdate): Lesson {
  const { segments, rewards, logProbs, newLogProbs, actions, advantages, clipRange } = credit;
  const length = ({ start, end }: Credit["segments"][number]): number => end - start;
  const segment = segments.reduce((longest, other) => (length(other) > length(longest) ? other : longest));
  const end = Math.min(segment.end, segment.start + MOST_STEPS);
  const cut = (column: ArrayLike<number>): number[] =>
    Array.from({ length: end - segment.start }, (_, t) => column[segment.start + t]);
  const width = actions.length / rewards.length;
  const ratios = Float32Array.from(newLogProbs, (after, t) => Math.exp(after - logProbs[t]));
  return {
    update,
    ended: segment.terminated ? "terminated" : segment.truncated ? "truncated" : "cut",
    rewards: cut(rewards),
    returns: credit.returns && cut(credit.returns),
    baseline: credit.baseline && cut(credit.baseline),
    advantages: advantages && cut(advantages),
    actions: cut(rewards).map((_, t) =>
      Array.from({ length: width }, (_, j) => actions[(segment.start + t) * width + j]),
    ),
    logProbs: cut(logProbs),
    newLogProbs: cut(newLogProbs),
    ratios,
    clipping: advantages && clipRange !== undefined ? clippingOf(ratios, advantages, clipRange) : undefined,
    loss: {
      total: diagnostics.loss,
      parts: credit.lossParts,
      gradientSteps: diagnostics.gradientSteps,
      valueLoss: diagnostics.valueLoss,
    },
  };
}
