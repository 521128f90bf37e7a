/** The entropy bonus: its unit, and what its usual estimate leaves out. */

import { entropyEstimate, entropyField, entropyGradient } from "../entropy.js";
import { momentsOf } from "../enumerate.js";
import { allEpisodes } from "../episodes.js";
import { cosine, distance, norm } from "../square.js";
import { meanLength } from "../work.js";
import { type Experiment, found, predicted } from "./experiment.js";

/** Sum and mean over steps, and the gradient of the expected entropy of an episode. */
export const entropy: Experiment = {
  name: "entropy",
  summary:
    "an entropy bonus summed over an episode is E[T] times one averaged over steps, and neither has the score term",
  world: "chain",

  run(setting, { episodes }) {
    const [sum, mean] = momentsOf(
      (["episode", "step"] as const).map((per) => (batch) => entropyEstimate(setting, batch, per)),
      setting,
      episodes,
    );
    const field = entropyField(setting);
    const length = meanLength(setting);
    const lengths = new Set(allEpisodes(setting)?.map(({ actions }) => actions.length));
    const ratio = norm(sum.mean) / norm(mean.mean);
    const what = "sum over steps / N: how many times the mean over steps";
    return [
      predicted("sum over steps / N: distance from Σ d₁∇H", distance(sum.mean, field), 0),
      found("E[T]", length),
      lengths.size === 1 ? predicted(what, ratio, length) : found(what, ratio),
      found("cosine of the two", cosine(sum.mean, mean.mean)),
      found("cosine of Σ d₁∇H to ∇E[ΣH]", cosine(field, entropyGradient(setting))),
    ];
  },
};
