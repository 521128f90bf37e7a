/** The variance of an estimate against what it depends on. */

import { checkSetting, checkWhole } from "../estimators/checks.js";
import { canEnumerate, enumerated } from "../estimators/enumerate.js";
import { allEpisodes, batchCount } from "../estimators/episodes.js";
import type { Estimator } from "../estimators/estimator.js";
import { estimatorNamed } from "../estimators/estimators.js";
import { type Setting, settingOf } from "../estimators/setting.js";
import { predictionOf } from "../estimators/theory.js";
import type { World } from "../estimators/world.js";
import { repeatedBandit } from "../estimators/worlds.js";
import type { CurveFigure } from "./figure.js";

/** The exact variance of a batch's estimate: by linear systems, else by enumeration, else NaN, which leaves a gap. */
function varianceOf(estimator: Estimator, setting: Setting, N: number): number {
  const { variance } = predictionOf(estimator, setting, N);
  if (variance !== undefined) return variance;
  return canEnumerate(setting, N) ? enumerated([estimator], setting, N)[0].variance : Number.NaN;
}

/** A curve for each of the estimators that have an exact variance somewhere, over settings that differ in x. */
function curvesOver(
  names: readonly string[],
  places: readonly { readonly x: number; readonly setting: Setting; readonly N: number }[],
): CurveFigure["series"] {
  const x = places.map((place) => place.x);
  const series = names.map((name) => {
    const estimator = estimatorNamed(name);
    return { label: name, x, y: places.map(({ setting, N }) => varianceOf(estimator, setting, N)) };
  });
  return series.filter(({ y }) => y.some((value) => !Number.isNaN(value)));
}

/** Variance against the length of episodes, in a two-armed bandit that is played again and again. */
export function horizonFigure(): CurveFigure {
  const lengths = [1, 2, 4, 8, 16, 32];
  return {
    kind: "curves",
    name: "horizon",
    title: "Variance against horizon",
    caption:
      "The same choice between two arms, 1 to 32 times an episode, with γ = 1; each pays 1 ± ½ by the arm and ± ½ by chance. Whole-episode returns: the variance grows as the cube of the length. Returns to go: as the cube too, but up to three times smaller. Minus V: as the square.",
    xLabel: "steps in an episode",
    yLabel: "variance of one episode's estimate",
    xScale: "log",
    yScale: "log",
    series: curvesOver(
      ["whole", "to-go", "value"],
      lengths.map((steps) => {
        const world = repeatedBandit({ steps, offset: 1, signal: 1, noise: 0.5 });
        return { x: steps, setting: settingOf(world), N: 1 };
      }),
    ),
  };
}

/** Variance against γ, for one policy in one world. */
export function gammaFigure(setting: Setting): CurveFigure {
  checkSetting(setting);
  const { world, parameters } = setting;
  const gammas = Array.from({ length: 11 }, (_, i) => (10 + i) / 20);
  return {
    kind: "curves",
    name: "gamma",
    title: `Variance against γ: ${world.name}`,
    caption:
      "Nearer rewards only: less variance, and another target. Where γ < 1, estimates without the factor γᵗ aim at F instead of ∇J.",
    xLabel: "γ",
    yLabel: "variance of one episode's estimate",
    yScale: "log",
    series: curvesOver(
      ["whole", "to-go", "weighted", "value"],
      gammas.map((gamma) => ({ x: gamma, setting: settingOf({ ...world, gamma }, parameters), N: 1 })),
    ),
  };
}

/** More would take seconds. */
const MOST_BATCHES = 6000;

/** N times the variance against N: flat for averages of independent episodes, and not for baselines from the batch. */
export function batchFigure(setting: Setting): CurveFigure {
  const episodes = allEpisodes(setting)?.length ?? 0;
  const sizes = [2, 3, 4, 5, 6, 8, 10, 12, 16].filter((N) => N <= 4 || batchCount(episodes, N) <= MOST_BATCHES);
  const series = curvesOver(
    ["whole", "whole-others", "whole-mean", "value"],
    sizes.map((N) => ({ x: N, setting, N })),
  );
  return {
    kind: "curves",
    name: "batch",
    title: `Variance against batch size: ${setting.world.name}`,
    caption:
      "N times the variance, which is flat where an estimate is the mean of independent episodes. The leave-one-out baseline is a noisy mean of few other episodes: below some N it is worse than none. The batch's own mean also shrinks the estimate.",
    xLabel: "N, episodes in a batch",
    yLabel: "N · variance of a batch's estimate",
    xScale: "log",
    series: series.map((one) => ({ ...one, y: Array.from(one.y, (value, i) => sizes[i] * value) })),
  };
}

/** Variance against a number that is added to every reward. */
export function offsetFigure(setting: Setting, N = 4): CurveFigure {
  checkSetting(setting);
  checkWhole("N", N, 1);
  const { world, parameters } = setting;
  const offsets = Array.from({ length: 25 }, (_, i) => (i - 12) / 2);
  return {
    kind: "curves",
    name: "offset",
    title: `Variance against reward offset: ${world.name}`,
    caption:
      "The same number is added to every reward. Without a baseline the variance grows as its square. V removes it where all episodes have one length; means over steps only where all steps have as many rewards ahead.",
    xLabel: "added to every reward",
    yLabel: `variance of a batch's estimate, N = ${N}`,
    series: curvesOver(
      ["to-go", "to-go-mean", "to-go-others", "value"],
      offsets.map((offset) => ({ x: offset, setting: settingOf(withOffset(world, offset), parameters), N })),
    ),
  };
}

function withOffset(world: World, offset: number): World {
  const { table } = world;
  const outcomes = Array.from({ length: table.states * table.actions }, (_, pair) =>
    table
      .outcomes(Math.floor(pair / table.actions), pair % table.actions)
      .map((outcome) => ({ ...outcome, reward: outcome.reward + offset })),
  );
  return { ...world, table: { ...table, outcomes: (state, action) => outcomes[state * table.actions + action] } };
}
