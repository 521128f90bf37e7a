import { describe, expect, it } from "vitest";
import { cartPoleSpread } from "../estimators/cart-pole.js";
import { enumerated } from "../estimators/enumerate.js";
import { ESTIMATORS, estimatorNamed } from "../estimators/estimators.js";
import { measure } from "../estimators/measure.js";
import { policyFor } from "../estimators/parametrisation.js";
import { settingOf } from "../estimators/setting.js";
import { worldNamed } from "../estimators/world-options.js";
import { baselineFigure, decidedFigure } from "./baselines.js";
import { figureSvg, figureText } from "./draw.js";
import { dynamicsFigures } from "./dynamics.js";
import { ESTIMATOR_FIGURES, estimatorFigures } from "./estimator-figures.js";
import { lambdaFigure } from "./lambda.js";
import { figurePage } from "./page.js";
import { scatterAxes, scatterFigure } from "./scatter.js";
import { gammaFigure, horizonFigure } from "./variance-curves.js";

describe("the pictures of baselines", () => {
  it("show the variances that enumeration gives", () => {
    const variances = Object.fromEntries(
      baselineFigure(settingOf(worldNamed("chain"))).bars.map(({ label, parts }) => [label, parts[0]]),
    );
    expect(variances.none).toBeCloseTo(3.7105, 4);
    expect(variances["mean return J"]).toBeCloseTo(3.3977, 4);
    expect(variances["best constant"]).toBeCloseTo(2.8089, 4);
    expect(variances["V(s)"]).toBeCloseTo(2.4498, 4);
    expect(variances["best b(s)"]).toBeCloseTo(2.0757, 4);
    expect(variances["3 × best constant"]).toBeGreaterThan(variances.none);
  });

  it("are in the parameters of a network, where the policy is one", () => {
    const network = settingOf(worldNamed("chain"), policyFor(worldNamed("chain"), "network"));
    const [none] = baselineFigure(network).bars;
    const [{ variance }] = enumerated([estimatorNamed("to-go")], network, 1);
    expect(none.parts[0]).toBeCloseTo(variance, 12);
    const gammas = gammaFigure(network).series;
    const toGo = gammas.filter(({ label }) => label === "to-go")[0];
    expect(toGo.y[Array.from(toGo.x!).indexOf(0.9)]).toBeCloseTo(variance, 12);
  });

  it("show that V can be 64 times worse than none where the best number leaves no variance", () => {
    const { series } = decidedFigure();
    const at = Array.from(series[0].x!).indexOf(0.9);
    const [none, V, best] = series.map(({ y }) => y[at]);
    expect(V / none).toBeCloseTo(64, 6);
    expect(best).toBeCloseTo(0, 12);
  });
});

describe("the dynamics drop out", () => {
  it("of the mean of the estimates in a fixed world, and not where the world reacts or is another one", () => {
    const [fixed, react, other] = dynamicsFigures();
    const pairs = (figure: typeof fixed) =>
      [0, 2, 4].map((i) => [figure.bars[i].parts[0], figure.bars[i + 1].parts[1]]);
    for (const [truth, mean] of pairs(fixed)) expect(Math.abs(truth - mean)).toBeLessThan(1e-7);
    expect(fixed.caption).toMatch(/They agree\.$/);
    expect(pairs(react)[0][0] - pairs(react)[0][1]).toBeCloseTo(0.105891, 6);
    expect(pairs(react)[1][0]).toBeCloseTo(pairs(react)[1][1], 7);
    expect(react.caption).toMatch(/They differ by up to 0\.106\.$/);
    expect(pairs(other).map(([, mean]) => mean)).toEqual(
      [-0.399754, -0.167265, 0.229762].map((x) => expect.closeTo(x, 6)),
    );
  });
});

it("over λ the least error moves towards 1 as batches grow", () => {
  expect(lambdaFigure(settingOf(worldNamed("loop"))).caption).toMatch(/here 0\.62, 0\.77, 0\.92, 0\.99, 1\.00\.$/);
});

it("the variance of T plays is that of the formula with whole-episode returns, and up to three times less with returns to go", () => {
  const [whole, toGo] = horizonFigure().series;
  // E|X|² E[G²] − |∇J|² with |X|² = T/2, G = T ± ½ ± ½ … and a slope of ¼ for each of 2T logits.
  const exact = (T: number) => (T / 2) * (T * T + T / 2) - T / 8;
  Array.from(whole.x!).forEach((T, i) => void expect(whole.y[i] / exact(T)).toBeCloseTo(1, 10));
  expect(whole.y[0] / toGo.y[0]).toBeCloseTo(1, 10);
  expect(whole.y[5] / toGo.y[5]).toBeGreaterThan(2.7);
});

it("the scatter's first axis is the true direction: on it lie |F| for the target, and the estimates' mean near it", () => {
  const setting = settingOf(worldNamed("chain"));
  const figure = scatterFigure([estimatorNamed("to-go")], setting, { episodes: 64, batches: 200, seed: 1 });
  const size = Math.sqrt(setting.field.reduce((sum, slope) => sum + slope * slope, 0));
  const [cloud, target] = figure.series;
  expect(Array.from(target.x!)[1]).toBeCloseTo(size, 12);
  const mean = Array.from(cloud.x!).reduce((sum, x) => sum + x, 0) / 200;
  expect(Math.abs(mean / size - 1)).toBeLessThan(0.05);
  expect(Math.abs(Array.from(cloud.y).reduce((sum, y) => sum + y, 0) / 200)).toBeLessThan(0.05);
});

it("on CartPole returns to go and a constant reduce the variance by about 5 and 2", () => {
  const { whole, toGo, minusConstant } = cartPoleSpread({ episodes: 60, seed: 3 });
  expect(whole / toGo).toBeGreaterThan(3);
  expect(whole / toGo).toBeLessThan(8);
  expect(toGo / minusConstant).toBeGreaterThan(1.4);
  expect(toGo / minusConstant).toBeLessThan(3);
});

describe("every figure of the lab", () => {
  const setting = settingOf(worldNamed("two-step"));
  const measured = measure(ESTIMATORS, setting, { episodes: 3 });
  const input = { setting, measured, episodes: 3, seed: 0 };
  const figures = ESTIMATOR_FIGURES.filter((name) => name !== "cart-pole").flatMap((name) =>
    estimatorFigures(name, input),
  );

  it.each(figures.map((figure) => [figure.name, figure] as const))(
    "%s fits 80 columns and a telephone",
    (_, figure) => {
      for (const line of figureText(figure, { columns: 80 }).split("\n")) expect(line.length).toBeLessThanOrEqual(80);
      const svg = figureSvg(figure, { width: 358 });
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      for (const [, x, anchor, text] of svg.matchAll(/<text x="([\d.-]+)"[^>]*text-anchor="(\w+)">([^<]*)</g)) {
        const wide = 0.56 * 12 * text.length;
        const start = Number(x) - (anchor === "end" ? wide : anchor === "middle" ? wide / 2 : 0);
        expect([text, start >= -8, start + wide <= 366]).toEqual([text, true, true]);
      }
    },
  );

  it("is on the page, which loads nothing and runs nothing", () => {
    const page = figurePage({ title: "a < b", subtitle: "c", table: "X  Y\n1  2", figures });
    expect(page.match(/<figure>/g)).toHaveLength(figures.length);
    expect(page).toContain("<title>a &lt; b</title>");
    expect(page).toContain("X  Y\n1  2");
    expect(page.replaceAll('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/<script|https?:|src=|@import|url\(/);
  });
});

describe("the axes of a scatter", () => {
  it("lie along the target, and across it where estimates scatter most", () => {
    const estimates = [
      [1, 3, 0],
      [1, -3, 0],
      [2, 0, 1],
      [2, 0, -1],
    ].map((one) => Float64Array.from(one));
    const { along, across } = scatterAxes(estimates, Float64Array.of(2, 0, 0));
    expect([...along]).toEqual([1, 0, 0]);
    expect([...across].map((x) => Math.abs(Number(x.toFixed(9))))).toEqual([0, 1, 0]);
  });
  it("have no direction across where all estimates lie along the target", () => {
    expect([...scatterAxes([Float64Array.of(1, 1)], Float64Array.of(1, 1)).across]).toEqual([0, 0]);
  });
});
