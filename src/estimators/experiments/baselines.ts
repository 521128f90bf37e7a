/** Baselines of least variance, against V, the mean and none. */

import { momentsOf } from "../enumerate.js";
import { allEpisodes } from "../episodes.js";
import { ascent, stepWeights } from "../estimator.js";
import { estimatorNamed } from "../estimators.js";
import { gaeMoments } from "../moments.js";
import { constantBaseline, singleStateBaseline, stateBaseline, wholeEpisodeBaseline } from "../optimal-baselines.js";
import { type Setting, settingOf } from "../setting.js";
import { twoArms } from "../worlds.js";
import { claimed, type Experiment, type Finding, found, predicted } from "./experiment.js";

const toGo = estimatorNamed("to-go");

/** The variance of one episode's estimate under each baseline. */
export const baselines: Experiment = {
  name: "baselines",
  summary: "V is not the baseline of least variance, and may be worse than none",
  world: "chain",

  run(setting) {
    const best = stateBaseline(setting);
    const constant = constantBaseline(setting);
    const constants = (value: number): Float64Array => setting.zeros.map(() => value);
    const rows: [string, Float64Array][] = [
      ["no baseline", setting.zeros],
      ["J", constants(setting.objective)],
      ["the best constant", constants(constant)],
      ["V", setting.values],
      ["E[|x|²Q|s]/E[|x|²|s], as of one state alone", singleStateBaseline(setting)],
      ["the best number for each state", best],
    ];
    const variances = rows.map(([name, table]) => varianceWith(setting, table, `variance, ${name}`));
    const least = variances.at(-1)?.value ?? 0;
    return [
      found("J", setting.objective),
      found("the best constant for returns to go", constant),
      found("the best constant for whole-episode returns", wholeEpisodeBaseline(setting)),
      ...Array.from(best, (value, s) => ({ value, s }))
        .filter(({ s }) => setting.mdp.terminal[s] === 0 && setting.mdp.states <= 8)
        .flatMap(({ value, s }) => [found(`V of state ${s}`, setting.values[s]), found(`b* of state ${s}`, value)]),
      ...variances,
      claimed(
        "all others have at least the variance of the last",
        least,
        variances.every(({ value }) => value >= least - 1e-12),
      ),
      ...decided(),
    ];
  },
};

/** By enumeration beside the linear systems, where the world allows it. */
function varianceWith(setting: Setting, table: Float64Array, what: string): Finding {
  const { variance } = gaeMoments(setting, { lambda: 1, values: table, discountWeight: false });
  if (allEpisodes(setting) === undefined) return found(what, variance);
  const own = { ...setting, wrongValues: table };
  const estimator = { ...toGo, critic: "wrong" } as const;
  const [measured] = momentsOf([(batch) => ascent(stepWeights(estimator, own, batch), setting, batch)], setting, 1);
  return predicted(what, measured.variance, variance);
}

/** Two arms that pay 1 and 0, the better one chosen nine times in ten. With two arms, b* is V with swapped probabilities. */
function decided(): Finding[] {
  const setting = settingOf(twoArms(0.9));
  const of = (table: Float64Array, name: string): Finding =>
    varianceWith(setting, table, `arms that pay 1 and 0, π of the first 0.9: variance, ${name}`);
  const best = stateBaseline(setting);
  const none = of(setting.zeros, "no baseline");
  const V = of(setting.values, "V");
  return [
    none,
    V,
    of(best, "the best number"),
    predicted("the same: the best number", best[0], 0.1),
    predicted("the same: variance with V over that with none", V.value / none.value, 64, 1e-6),
  ];
}
