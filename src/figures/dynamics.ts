/** "The dynamics drop out", as an experiment that could fail. */

import type { Outcome, Table } from "../envs/tabular.js";
import { enumerated } from "../estimators/enumerate.js";
import { logitTable } from "../estimators/parametrisation.js";
import { settingOf } from "../estimators/setting.js";
import type { World } from "../estimators/world.js";
import { worldNamed } from "../estimators/worlds.js";
import type { BarFigure } from "./figure.js";
import { brief } from "./figure.js";
import { estimatorNamed } from "./variance-curves.js";

/** What the first action of `chain` leads to: on with probability p, or to the end. */
function chainWith(p: number): World {
  const chain = worldNamed("chain");
  const [on, end] = chain.table.outcomes(0, 0);
  const first: readonly Outcome[] = [
    { ...on, probability: p },
    { ...end, probability: 1 - p },
  ];
  const table: Table = {
    ...chain.table,
    outcomes: (state, action) => (state === 0 && action === 0 ? first : chain.table.outcomes(state, action)),
  };
  return { ...chain, table };
}

const STEP = 1e-4;

/** ∂J/∂logit of the first action in each state, by central differences, in a world that may depend on the policy. */
function slopes(worldAt: (chance: number) => World): readonly number[] {
  const { logits } = worldNamed("chain");
  const objective = (state: number, change: number): number => {
    const moved = logits.slice();
    moved[2 * state] += change;
    // The probability of the first action in state 0, which the world may react to.
    const chance = settingOf(worldNamed("chain"), logitTable(moved)).policy[0];
    return settingOf(worldAt(chance), logitTable(moved)).objective;
  };
  return [0, 1, 2].map((state) => (objective(state, STEP) - objective(state, -STEP)) / (2 * STEP));
}

/** The three panels: what J does by differences, and the exact mean of Σ ∇log π · G over the episodes that are drawn. */
export function dynamicsFigures(): readonly BarFigure[] {
  const fixed = worldNamed("chain");
  const usual = settingOf(fixed).policy[0];
  const meanIn = (world: World): readonly number[] => {
    const [{ mean }] = enumerated([estimatorNamed("whole")], settingOf(world), 1);
    return [0, 2, 4].map((pair) => mean[pair]);
  };
  const truth = slopes(() => fixed);
  return [
    panel({
      name: "dynamics-fixed",
      title: "The world does not react",
      says: "The estimator knows nothing of the transition probabilities, and its mean is the gradient.",
      truth,
      mean: meanIn(fixed),
    }),
    panel({
      name: "dynamics-react",
      title: "The world reacts to the policy",
      says: "Every episode has the same probability as in the first world, so the estimates are the same. But here the chance of going on from state 0 rises with π: ∇log P(τ) has a further term, which no score of the policy contains.",
      truth: slopes((chance) => chainWith(0.75 + 0.5 * (chance - usual))),
      mean: meanIn(fixed),
    }),
    panel({
      name: "dynamics-other",
      title: "Episodes from another world",
      says: "Drawn where going on succeeds with 0.5 instead of 0.75: the same trajectories have the same scores to the bit, but they come with other probabilities. The mean is the other world's gradient.",
      truth,
      mean: meanIn(chainWith(0.5)),
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
