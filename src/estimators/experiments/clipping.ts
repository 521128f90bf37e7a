/** Clipping the gradient of a batch, and of each episode. */

import { enumerated, momentsOf } from "../enumerate.js";
import type { EpisodeBatch } from "../episodes.js";
import { estimate } from "../estimator.js";
import { estimatorNamed } from "../estimators.js";
import { settingOf } from "../setting.js";
import { cosine, distance, norm } from "../square.js";
import { worldNamed } from "../world-options.js";
import { claimed, type Experiment, type Finding, found, predicted } from "./experiment.js";

const LIMIT = 0.5;
const [plain, clipped, each] = ["to-go", "clipped", "clipped-episodes"].map(estimatorNamed);

/** Bias and its bound in the given world, and the sign on the duel. */
export const clipping: Experiment = {
  name: "clipping",
  summary: `clipping at ${LIMIT} changes the direction: clip the batch rather than each episode`,
  world: "duel",

  run(setting, { episodes }) {
    const excess = (batch: EpisodeBatch): Float64Array =>
      Float64Array.of(Math.max(0, norm(estimate(plain, setting, batch)) - LIMIT));
    const [batch, single, bound] = momentsOf(
      [...[clipped, each].map((one) => (of: EpisodeBatch) => estimate(one, setting, of)), excess],
      setting,
      episodes,
    );
    const bias = distance(batch.mean, setting.field);
    return [
      found(`batch of ${episodes} clipped: cosine to F`, cosine(batch.mean, setting.field)),
      found(`each of ${episodes} episodes clipped: cosine to F`, cosine(single.mean, setting.field)),
      found("E(|ĝ| − c)₊", bound.mean[0]),
      claimed("|bias| of the clipped batch, at most the line above", bias, bias <= bound.mean[0] + 1e-12),
      ...onTheDuel(),
    ];
  },
};

/** Arm 0 pays 10 with probability 0.2, and its score has the length √½. */
function onTheDuel(): Finding[] {
  const duel = settingOf(worldNamed("duel"));
  const alone = Math.SQRT1_2 * 0.5 * (0.2 * Math.min(LIMIT, 10 * Math.SQRT1_2) - Math.min(LIMIT, Math.SQRT1_2));
  return [1, 4, 16].flatMap((N) => {
    const [batch, single] = enumerated([clipped, each], duel, N);
    return [
      N === 1
        ? predicted("duel, batch of 1 clipped: slope of the better arm", batch.mean[0], alone, 1e-5)
        : found(`duel, batch of ${N} clipped: slope of the better arm`, batch.mean[0]),
      predicted(`duel, each episode of a batch of ${N} clipped: slope of the better arm`, single.mean[0], alone, 1e-5),
    ];
  });
}
