/** Mean over steps or over episodes, and batches that stop by their steps. */

import { enumerated } from "../enumerate.js";
import { allEpisodes } from "../episodes.js";
import { ascent, stepWeights } from "../estimator.js";
import { estimatorNamed } from "../estimators.js";
import { perStepMean } from "../own-sample.js";
import type { Setting } from "../setting.js";
import { cosine, norm } from "../square.js";
import { eachBatchOfSteps } from "../step-budget.js";
import { meanLength } from "../work.js";
import { type Experiment, type Finding, found, predicted } from "./experiment.js";

const [toGo, perStep] = ["to-go", "per-step"].map(estimatorNamed);
const BUDGETS = [3, 9];

/** How a sum over the steps of a batch is divided. */
export const lengths: Experiment = {
  name: "lengths",
  summary: "the mean over steps is a ratio of two sums: batches of N episodes, and batches that stop by their steps",
  world: "chain",

  run(setting) {
    const steps = meanLength(setting);
    const byN = [1, 2, 3].flatMap((N): Finding[] => {
      const [{ mean }] = enumerated([perStep], setting, N);
      const theory = perStepMean(setting, N, { lambda: 1, values: setting.zeros });
      const what = (quantity: string): string => `mean over steps, batches of ${N}: ${quantity}`;
      if (theory === undefined) return [];
      return [
        predicted(what("cosine to F"), cosine(mean, setting.field), cosine(theory, setting.field)),
        predicted(
          what("size over |F|/E[T]"),
          (norm(mean) * steps) / norm(setting.field),
          (norm(theory) * steps) / norm(setting.field),
        ),
      ];
    });
    const byBudget = BUDGETS.flatMap((budget): Finding[] => {
      const { mean, perEpisode, total } = ofBudget(setting, budget);
      const size = (of: Float64Array, unit: number): number => (norm(of) * unit) / norm(setting.field);
      return [
        predicted(`batches of more than ${budget} steps: sum of their probabilities`, total, 1),
        found(`batches of more than ${budget} steps, mean over steps: cosine to F`, cosine(mean, setting.field)),
        found(`batches of more than ${budget} steps, mean over steps: size over |F|/E[T]`, size(mean, steps)),
        found(
          `batches of more than ${budget} steps, mean over episodes: cosine to F`,
          cosine(perEpisode, setting.field),
        ),
        found(`batches of more than ${budget} steps, mean over episodes: size over |F|`, size(perEpisode, 1)),
      ];
    });
    return [...byN, ...byBudget];
  },
};

/** The means of both divisions over all batches that stop by their steps. */
function ofBudget(setting: Setting, budget: number) {
  const mean = new Float64Array(setting.parameters.size);
  const perEpisode = new Float64Array(setting.parameters.size);
  let total = 0;
  eachBatchOfSteps(allEpisodes(setting) ?? [], budget, (batch, probability) => {
    const one = ascent(stepWeights(toGo, setting, batch), setting, batch);
    const share = batch.segments.length / batch.rewards.length;
    total += probability;
    for (let k = 0; k < one.length; k++) {
      perEpisode[k] += probability * one[k];
      mean[k] += probability * one[k] * share;
    }
  });
  return { mean, perEpisode, total };
}
