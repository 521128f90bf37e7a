/** All pictures of the estimator lab by name. */

import { checkFields, checkName, checkSeed, checkSetting, checkWhole } from "../estimators/checks.js";
import { estimatorNamed } from "../estimators/estimators.js";
import { checkMeasured, type Measurement } from "../estimators/measure.js";
import type { Setting } from "../estimators/setting.js";
import { baselineFigure, constantFigure, decidedFigure } from "./baselines.js";
import { cartPoleFigure } from "./cart-pole.js";
import { dynamicsFigures } from "./dynamics.js";
import { errorFigure } from "./estimator-bars.js";
import type { Figure } from "./figure.js";
import { lambdaFigure } from "./lambda.js";
import { scatterFigure } from "./scatter.js";
import { batchFigure, gammaFigure, horizonFigure, offsetFigure } from "./variance-curves.js";

/** What the pictures are made from: a policy in a world, and the measurements of some estimators there. */
export interface EstimatorFigureInput {
  readonly setting: Setting;
  readonly measured: readonly Measurement[];
  /** Episodes in a batch. */
  readonly episodes: number;
  readonly seed: number | bigint;
}

const MAKERS = {
  error: ({ measured, episodes }) => [errorFigure(measured, episodes)],
  scatter: ({ setting, episodes, seed }) => [
    scatterFigure(["to-go", "value", "td-wrong"].map(estimatorNamed), setting, { episodes, batches: 300, seed }),
  ],
  horizon: () => [horizonFigure()],
  gamma: ({ setting }) => [gammaFigure(setting)],
  batch: ({ setting }) => [batchFigure(setting)],
  offset: ({ setting }) => [offsetFigure(setting)],
  lambda: ({ setting }) => [lambdaFigure(setting)],
  baselines: ({ setting }) => [baselineFigure(setting), constantFigure(setting), decidedFigure()],
  dynamics: () => dynamicsFigures(),
  "cart-pole": () => [cartPoleFigure()],
} satisfies Readonly<Record<string, (input: EstimatorFigureInput) => readonly Figure[]>>;

/** The name of a picture, or of a few that belong together. */
export type EstimatorFigureName = keyof typeof MAKERS;
/** All names, in the order of the page. */
export const ESTIMATOR_FIGURES: readonly EstimatorFigureName[] = Object.keys(MAKERS) as EstimatorFigureName[];

/** The pictures of this name. `horizon`, `dynamics` and `cart-pole` have worlds of their own. */
export function estimatorFigures(name: EstimatorFigureName, input: EstimatorFigureInput): readonly Figure[] {
  checkName("name", name, ESTIMATOR_FIGURES);
  checkFields("input", input, ["setting", "measured", "episodes", "seed"], "setting, measured, episodes and seed");
  checkSetting(input.setting);
  checkMeasured(input.measured);
  checkWhole("episodes", input.episodes, 1);
  checkSeed(input.seed);
  return MAKERS[name](input);
}
