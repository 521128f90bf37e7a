/** Pictures of what the estimator lab measures: data, and drawings for pages and terminals. */

export { type CreditSpread, type CreditSpreadOptions, cartPoleSpread } from "../estimators/cart-pole.js";
export { baselineFigure, constantFigure, decidedFigure } from "./baselines.js";
export { cartPoleFigure } from "./cart-pole.js";
export { figureSvg, figureText } from "./draw.js";
export { dynamicsFigures } from "./dynamics.js";
export { errorFigure } from "./estimator-bars.js";
export {
  ESTIMATOR_FIGURES,
  type EstimatorFigureInput,
  type EstimatorFigureName,
  estimatorFigures,
} from "./estimator-figures.js";
export type { BarFigure, CurveFigure, Figure } from "./figure.js";
export { lambdaFigure } from "./lambda.js";
export { type FigurePage, figurePage } from "./page.js";
export { type ScatterAxes, type ScatterOptions, scatterAxes, scatterFigure } from "./scatter.js";
export { batchFigure, gammaFigure, horizonFigure, offsetFigure } from "./variance-curves.js";
