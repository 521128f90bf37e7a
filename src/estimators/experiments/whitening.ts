/** Whitened advantages. */

import { enumerated } from "../enumerate.js";
import { estimatorNamed } from "../estimators.js";
import { type Setting, settingOf } from "../setting.js";
import { cosine, norm } from "../square.js";
import { returnDeviation } from "../whitening.js";
import { worldNamed } from "../world-options.js";
import { claimed, type Experiment, type Finding, found, predicted } from "./experiment.js";

const SIZES = [2, 3, 4, 6, 8, 12, 16, 24, 32];

/** Where whitening learns the wrong action, and what it tends to. */
export const whitening: Experiment = {
  name: "whitening",
  summary: "returns to go that are whitened in the episode teach the wrong action, and over a small batch too",
  world: "duel",

  run(setting) {
    const sigma = returnDeviation(setting);
    const duel = settingOf(worldNamed("duel"));
    const slopes = SIZES.map((N) => ({ N, slope: enumerated([estimatorNamed("whitened")], duel, N)[0].mean[0] }));
    return [
      found("deviation σ of the returns to go, over all steps", sigma),
      ...[2, 4, 6].flatMap((N) => towardsLimit(setting, sigma, N)),
      found("duel, not whitened: slope of the better arm", duel.field[0]),
      ...slopes.map(({ N, slope }) =>
        claimed(`duel, whitened batch of ${N}: slope of the better arm, < 0 up to 16`, slope, slope < 0 === N <= 16),
      ),
      ...onTwoStep(),
    ];
  },
};

/** As N grows, the mean tends to F/σ. */
function towardsLimit(setting: Setting, sigma: number, N: number): Finding[] {
  const [{ mean }] = enumerated([estimatorNamed("whitened")], setting, N);
  return [
    found(`whitened batch of ${N}: 1 − cosine to F`, 1 - cosine(mean, setting.field)),
    found(`whitened batch of ${N}: size over |F|/σ`, (norm(mean) * sigma) / norm(setting.field)),
  ];
}

/** The two returns of a TwoStep episode that is paid are γ and 1. Whitened, they are ±√½, whatever γ < 1 is. */
function onTwoStep(): Finding[] {
  const setting = settingOf(worldNamed("two-step"));
  const { gamma } = setting.world;
  const [p0, p1] = setting.policy;
  const [mean, whitened] = enumerated([estimatorNamed("episode-mean"), estimatorNamed("whitened-episode")], setting, 4);
  return [
    predicted("two-step: slope of the action that is paid", setting.gradient[1], gamma * p0 * p1),
    predicted("two-step, minus the episode's mean: the same slope", mean.mean[1], (-(1 - gamma) * p0 * p1) / 2),
    predicted("two-step, whitened in the episode: the same slope", whitened.mean[1], -p0 * p1 * Math.SQRT1_2, 1e-6),
  ];
}
