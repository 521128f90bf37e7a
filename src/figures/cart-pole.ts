/** The lecture's figure: how much the gradient of one CartPole episode varies, for three ways to credit its steps. */

import { CONSTANT, CREDIT_OPTIONS, type CreditSpreadOptions, cartPoleSpread } from "../estimators/cart-pole.js";
import type { BarFigure } from "./figure.js";
import { brief } from "./figure.js";

/** The three variances as bars. */
export function cartPoleFigure(options: CreditSpreadOptions = {}): BarFigure {
  const { whole, toGo, minusConstant } = cartPoleSpread(options);
  const { episodes = CREDIT_OPTIONS.episodes.default, gamma = CREDIT_OPTIONS.gamma.default } = options;
  const bar = (label: string, value: number) => ({ label, parts: [value], note: brief(value) });
  return {
    kind: "bars",
    name: "cart-pole",
    title: "CartPole: variance by what a step is credited with",
    caption: `${episodes} episodes of an untrained network of 2 × 128 ReLUs, γ = ${gamma}. Returns to go divide the variance by ${brief(whole / toGo)}, and the constant ${CONSTANT} divides that by ${brief(toGo / minusConstant)} again.`,
    xLabel: "variance of one episode's gradient",
    parts: ["variance"],
    bars: [bar("whole episode", whole), bar("to go", toGo), bar(`to go minus ${CONSTANT}`, minusConstant)],
  };
}
