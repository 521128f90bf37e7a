/** Common random numbers: how many batches show a bias of the mean of the own batch. */

import { defaultRng } from "../../random/index.js";
import { drawBatch } from "../episodes.js";
import { estimate } from "../estimator.js";
import { estimatorNamed } from "../estimators.js";
import { batchesFor, differences } from "../paired.js";
import { norm } from "../square.js";
import { predictionOf } from "../theory.js";
import { claimed, type Experiment, found } from "./experiment.js";

const N = 8;
const [own, others, none, value] = ["to-go-mean", "to-go-others", "to-go", "value"].map(estimatorNamed);

/** Batches for level 1e-4 and power 0.99. */
export const pairing: Experiment = {
  name: "pairing",
  summary: "two estimators on the same batches: a dozen show a bias that takes hundreds or thousands alone",
  world: "chain",

  run(setting, { seed }) {
    const bias = predictionOf(own, setting, N).mean?.map((mean, k) => mean - setting.field[k]) ?? setting.field;
    const coordinates = Array.from(bias, (_, k) => k).filter(
      (k) => k % setting.mdp.actions === 0 && Math.abs(bias[k]) > 1e-12,
    );
    const axes = coordinates.map((k) => ({ from: setting.field, direction: bias.map((_, i) => Number(i === k)) }));
    const alongBias = [setting.field, none, value, others].map((from) => ({ from, direction: bias }));
    const batches = differences(own, setting, N, [...axes, ...alongBias]).map(({ mean, deviation }) =>
      batchesFor(mean, deviation),
    );
    const [alone, ...beside] = batches.slice(axes.length);
    const paired = beside[2];
    // The same test on drawn batches, as many as it asks for.
    const rng = defaultRng(seed);
    const unit = bias.map((slope) => slope / norm(bias));
    const drawn = Array.from({ length: paired }, () => {
      const batch = drawBatch(setting, N, rng);
      const [mine, theirs] = [own, others].map((one) => estimate(one, setting, batch));
      return mine.reduce((sum, slope, k) => sum + (slope - theirs[k]) * unit[k], 0);
    });
    const mean = drawn.reduce((sum, one) => sum + one, 0) / paired;
    const variance = drawn.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / (paired - 1);
    return [
      found(`bias of ${own.name}, batches of ${N}: |bias|/|F|`, norm(bias) / norm(setting.field)),
      ...coordinates.map((k, i) => found(`batches to see it in logit ${k}`, batches[i])),
      found("batches to see it along the predicted bias", alone),
      ...[none, value, others].map(({ name }, i) =>
        found(`the same, as a difference from ${name} on the same batches`, beside[i]),
      ),
      claimed(`z of that difference in ${paired} drawn batches`, mean / Math.sqrt(variance / paired), mean > 0),
    ];
  },
};
