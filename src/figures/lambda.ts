import { checkSetting } from "../estimators/checks.js";
import { errorsOverLambda } from "../estimators/gae-theory.js";
import type { Setting } from "../estimators/setting.js";
import { type CurveFigure, points } from "./figure.js";

const SIZES = [1, 10, 100, 1000, 10_000] as const;

/** The mean squared error of GAE(λ) with the world's wrong critic over λ, for several batch sizes, and where it is least. */
export function lambdaFigure(setting: Setting): CurveFigure {
  checkSetting(setting);
  const found = errorsOverLambda(setting, 100);
  const lambdas = found.map(({ lambda }) => lambda);
  const curves = SIZES.map((N) => ({
    label: `N = ${N.toLocaleString("en-GB")}`,
    x: lambdas,
    y: found.map(({ biasSquared, variance }) => biasSquared + variance / N),
  }));
  const least = curves.map(({ y }): [number, number] => {
    const i = y.reduce((best, value, k) => (value < y[best] ? k : best), 0);
    return [lambdas[i], y[i]];
  });
  const best = points("least error", least);
  return {
    kind: "curves",
    name: "lambda",
    title: `Bias² + variance of GAE over λ: ${setting.world.name}`,
    caption: `The critic is V + e. Small λ trusts it and is biased; λ = 1 has no bias and all the variance. More episodes reduce only the variance, so the best λ grows with N: here ${least.map(([lambda]) => lambda.toFixed(2)).join(", ")}.`,
    xLabel: "λ",
    yLabel: "mean squared error of a batch's estimate of F",
    yScale: "log",
    series: [...curves, { ...best, colour: "#808080" }],
  };
}
