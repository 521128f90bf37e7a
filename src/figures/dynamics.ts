/** "The dynamics drop out", as an experiment that could fail. */

import { chain } from "../estimators/chain.js";
import { objectiveSlope, type Rules, watchedChain } from "../estimators/dynamics.js";
import { enumerated } from "../estimators/enumerate.js";
import { estimatorNamed } from "../estimators/estimators.js";
import { settingOf } from "../estimators/setting.js";
import type { World } from "../estimators/world.js";
import { type BarFigure, brief } from "./figure.js";

/** The three panels: what J does by differences, and the exact mean of Σ ∇log π · G over the episodes that are drawn. */
export function dynamicsFigures(): readonly BarFigure[] {
  const setting = settingOf(chain());
  const goingOn = (slopes: Float64Array): number[] => [0, 2, 4].map((pair) => slopes[pair]);
  const meanIn = (world: World): number[] => {
    const [{ mean }] = enumerated([estimatorNamed("whole")], settingOf(world), 1);
    return goingOn(mean);
  };
  const truthOf = (rules: Rules): number[] => goingOn(objectiveSlope(rules, setting.world.logits));
  return [
    panel({
      name: "dynamics-fixed",
      title: "The world does not react",
      says: "The estimator knows nothing of the transition probabilities, and its mean is the gradient.",
      truth: truthOf(() => chain()),
      mean: meanIn(chain()),
    }),
    panel({
      name: "dynamics-react",
      title: "The world reacts to the policy",
      says: "Every episode has the same probability as in the first world, so the estimates are the same. But here the chance of going on from state 0 rises with π: ∇log P(τ) has a further term, which no score of the policy contains.",
      truth: truthOf(watchedChain),
      mean: meanIn(chain()),
    }),
    panel({
      name: "dynamics-other",
      title: "Episodes from another world",
      says: "Drawn where going on succeeds with 0.5 instead of 0.75: the same trajectories have the same scores to the bit, but they come with other probabilities. The mean is the other world's gradient.",
      truth: truthOf(() => chain()),
      mean: meanIn(chain(0.5)),
    }),
  ];
}

function panel({
  name,
  title,
  says,
  truth,
  mean,
}: {
  readonly name: string;
  readonly title: string;
  readonly says: string;
  readonly truth: readonly number[];
  readonly mean: readonly number[];
}): BarFigure {
  const gap = truth.reduce((most, slope, s) => Math.max(most, Math.abs(slope - mean[s])), 0);
  // Central differences are exact to about 1e-8.
  const verdict = gap < 1e-6 ? "They agree." : `They differ by up to ${brief(gap)}.`;
  return {
    kind: "bars",
    name,
    title,
    caption: `${says} ${verdict}`,
    xLabel: "slope for the logit of going on",
    parts: ["∇J of the world", "mean of the estimates"],
    bars: truth.flatMap((slope, s) => [
      { label: `state ${s}`, parts: [slope, 0], note: slope.toFixed(3) },
      { label: "", parts: [0, mean[s]], note: mean[s].toFixed(3) },
    ]),
  };
}
