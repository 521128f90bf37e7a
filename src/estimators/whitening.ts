import { visitation } from "../tabular/gradient.js";
import { checkSetting } from "./checks.js";
import type { Setting } from "./setting.js";
import { returnPowers } from "./whole-episode.js";

/**
 * σ of the returns to go over all steps of a long run, √(E[ΣG²]/E[T] − (E[ΣG]/E[T])²). A gradient whitened over the batch tends to
 * F/σ as the batch grows.
 */
export function returnDeviation(setting: Setting): number {
  checkSetting(setting);
  const visits = visitation(setting.mdp, setting.policy, { gamma: 1 });
  const [lengths, sums, squares] = returnPowers(setting).G.map((power) =>
    power.reduce((sum, value, s) => sum + visits[s] * value, 0),
  );
  return Math.sqrt(squares / lengths - (sums / lengths) * (sums / lengths));
}
