/** Findings about a policy at play. */

import type { Policy } from "../../policies/policy.js";
import type { Finding } from "../finding.js";
import { RANGES } from "../ranges.js";
import { REASONS } from "../reasons.js";
import { rateBy, shown, type Trained, training } from "../run/try-next.js";
import type { Examination } from "./examination.js";
import { spreadOf } from "./scales.js";

type Figures = Omit<Examination, "findings">;

/** All findings about the figures of an examination. */
export function policyFindings(figures: Figures, policy: Policy, run: Trained): Finding[] {
  return [
    ...deadUnits(figures, run),
    ...saturatedUnits(figures, run),
    ...actionsAtBounds(figures, run),
    ...unequalObservations(figures, policy, run),
    ...modesDiffer(figures, run),
  ];
}

const placeOf = (layer: number): string => (layer === 0 ? "the memory" : `hidden layer ${layer}`);

function deadUnits({ layers }: Figures, run: Trained): Finding[] {
  return layers.flatMap(({ layer, activation, units, dead }) => {
    if (dead <= RANGES.deadUnits * units) return [];
    return [
      {
        code: "units-dead",
        severity: dead === units ? "error" : "warning",
        seen: `${dead} of ${units} units of ${placeOf(layer)} (${activation}) give the same for every observation`,
        why: "A unit that never changes passes nothing on and gets no gradient: the network works like a smaller one, and behind a dead layer it sees nothing at all.",
        ...training(run, { activation: "tanh", maxGradNorm: 0.5, ...rateBy(run, 1 / 3) }),
      },
    ];
  });
}

function saturatedUnits({ layers }: Figures, run: Trained): Finding[] {
  return layers.flatMap(({ layer, units, saturated }) => {
    if (saturated <= RANGES.saturatedUnits * units) return [];
    return [
      {
        code: "units-saturated",
        severity: "warning",
        seen: `${saturated} of ${units} units of ${placeOf(layer)} are beyond ± 0.99 for nearly every observation`,
        why: "There the slope of tanh is almost 0, so hardly any gradient reaches the weights below.",
        ...training(run, { normaliseObservations: true, ...rateBy(run, 1 / 3) }),
      },
    ];
  });
}

function actionsAtBounds({ atBounds }: Figures, run: Trained): Finding[] {
  if (atBounds === undefined || atBounds <= RANGES.atBounds) return [];
  return [
    {
      code: "actions-at-bounds",
      severity: "warning",
      seen: `${shown(100 * atBounds)} % of the actions' numbers lie at a bound`,
      why: "Beyond a bound all actions do the same, so the gradient can't tell them apart and the mean drifts further out.",
      ...training(run, { scaleActions: true, continuous: "squashed-gaussian", ...rateBy(run, 1 / 3) }),
    },
  ];
}

function unequalObservations({ observations, normalised }: Figures, policy: Policy, run: Trained): Finding[] {
  if (normalised || policy.observationSpace.kind !== "box") return [];
  const { largest, smallest, size } = spreadOf(observations);
  const unequal = largest > RANGES.observationSpread * smallest;
  if (!unequal && size <= RANGES.observationSize) return [];
  return [
    {
      code: "observations-unscaled",
      severity: "warning",
      seen: unequal
        ? `the numbers of an observation have deviations from ${shown(smallest)} to ${shown(largest)}`
        : `an observation holds numbers of size ${shown(size)}`,
      why: REASONS["observations-unscaled"],
      ...training(run, { normaliseObservations: true }),
    },
  ];
}

function modesDiffer({ drawn, deterministic }: Figures, run: Trained): Finding[] {
  const gap = drawn.mean - deterministic.mean;
  const size = Math.max(Math.abs(drawn.mean), Math.abs(deterministic.mean));
  const apart = drawn.interval[0] > deterministic.interval[1] || deterministic.interval[0] > drawn.interval[1];
  if (!apart || Math.abs(gap) <= RANGES.modeGap * size) return [];
  const seen = `${shown(drawn.mean)} with drawn actions and ${shown(deterministic.mean)} with the likeliest ones, over ${drawn.returns.length} episodes each`;
  if (gap > 0)
    return [
      {
        code: "deterministic-worse",
        severity: "warning",
        seen,
        why: "The policy needs its randomness, as where two states look the same: what is used later must draw actions too, or learn more.",
        ...training(run, { entropyBonus: 0 }),
      },
    ];
  return [
    {
      code: "deterministic-better",
      severity: "note",
      seen,
      why: "The policy knows better than its random actions show: exploration costs most of the return.",
      ...training(run, { entropyBonus: 0, finalLearningRate: 0 }),
    },
  ];
}
