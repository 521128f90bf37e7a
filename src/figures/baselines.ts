/** The best constant and the best state-dependent baseline against the usual ones. */

import { checkSetting } from "../estimators/checks.js";
import { gaeMoments } from "../estimators/moments.js";
import { constantBaseline, stateBaseline } from "../estimators/optimal-baselines.js";
import { type Setting, settingOf } from "../estimators/setting.js";
import { twoArms } from "../estimators/worlds.js";
import { type BarFigure, brief, type CurveFigure, points } from "./figure.js";

/** The variance of one episode's estimate with the return to go minus b(s), in the policy's parameters. */
function varianceWith(setting: Setting, baseline: Float64Array): number {
  return gaeMoments(setting, { lambda: 1, values: baseline, discountWeight: false }).variance;
}

function everywhere({ mdp }: Setting, b: number): Float64Array {
  return Float64Array.from(mdp.terminal, (isEnd) => (isEnd === 1 ? 0 : b));
}

/** The variance with no baseline, the mean return, the best constant, V, the best b(s), and a constant that is worse than none. */
export function baselineFigure(setting: Setting): BarFigure {
  checkSetting(setting);
  const best = constantBaseline(setting);
  const bars: readonly (readonly [label: string, baseline: Float64Array])[] = [
    ["none", everywhere(setting, 0)],
    ["mean return J", everywhere(setting, setting.objective)],
    ["best constant", everywhere(setting, best)],
    ["V(s)", setting.values],
    ["best b(s)", stateBaseline(setting)],
    ["3 × best constant", everywhere(setting, 3 * best)],
  ];
  return {
    kind: "bars",
    name: "baselines",
    title: `Variance by baseline: ${setting.world.name}`,
    caption: `All are unbiased. V is not the best baseline, and a wrong constant, such as ${brief(3 * best)}, is worse than none.`,
    xLabel: "variance of one episode's estimate",
    parts: ["variance"],
    bars: bars.map(([label, baseline]) => {
      const variance = varianceWith(setting, baseline);
      return { label, parts: [variance], note: brief(variance) };
    }),
  };
}

/** The variance over all constant baselines: a parabola. */
export function constantFigure(setting: Setting): CurveFigure {
  checkSetting(setting);
  const best = constantBaseline(setting);
  const variance = (b: number): number => varianceWith(setting, everywhere(setting, b));
  const reach = 1.25 * Math.max(2 * Math.abs(best), Math.abs(setting.objective), 0.1);
  const constants = Array.from({ length: 61 }, (_, i) => best + (reach * (i - 30)) / 30);
  const none = variance(0);
  const mark = (label: string, b: number) => points(`${label}: ${brief(b)}`, [[b, variance(b)]]);
  return {
    kind: "curves",
    name: "constant",
    title: `Variance over constant baselines: ${setting.world.name}`,
    caption:
      "Var(b) = Var(b*) + (b − b*)² E|Σ∇log π|². The best constant b* is not the mean return J. Beyond twice b* a baseline is worse than none.",
    xLabel: "b, in units of the return",
    yLabel: "variance of one episode's estimate",
    series: [
      { label: "return to go minus b", x: constants, y: constants.map(variance) },
      mark("J", setting.objective),
      mark("b*", best),
    ],
    levels: [{ y: none, label: "no baseline" }],
  };
}

/** V as the baseline of two arms, the more decided the policy is. */
export function decidedFigure(): CurveFigure {
  const chances = Array.from({ length: 46 }, (_, i) => 0.5 + i / 100);
  const settings = chances.map((chance) => settingOf(twoArms(chance)));
  const curve = (label: string, baselineOf: (setting: Setting) => Float64Array) => ({
    label,
    x: chances,
    y: settings.map((setting) => varianceWith(setting, baselineOf(setting))),
  });
  return {
    kind: "curves",
    name: "decided",
    title: "V can be a bad baseline",
    caption:
      "Two arms pay 1 and 0. The more decided the policy is for the better one, the more harm V does: at π = 0.9 the variance is 64 times that without a baseline. The best number weighs each return by the other action's probability, and leaves no variance at all.",
    xLabel: "π of the arm that pays 1",
    yLabel: "variance of one episode's estimate",
    series: [
      curve("no baseline", (setting) => everywhere(setting, 0)),
      curve("V", ({ values }) => values),
      curve("best b", (setting) => stateBaseline(setting)),
    ],
  };
}
