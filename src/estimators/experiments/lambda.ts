/** The best λ of GAE grows with the batch. */

import { gaeMoments } from "../moments.js";
import { square } from "../square.js";
import { claimed, type Experiment, found } from "./experiment.js";

const SIZES = [1, 10, 100, 1000, 10_000];
const STEPS = 200;

/** Bias² and variance of one episode for each λ, with the wrong critic, by linear systems. */
export const lambda: Experiment = {
  name: "lambda",
  summary: "the λ of least error grows with the batch, since only variance shrinks with it",
  world: "loop",

  run(setting) {
    const curve = Array.from({ length: STEPS + 1 }, (_, i) => {
      const value = i / STEPS;
      const moments = { lambda: value, values: setting.wrongValues, discountWeight: false };
      const { mean, variance } = gaeMoments(setting, moments);
      return { value, variance, bias: square(mean.map((slope, k) => slope - setting.field[k])) };
    });
    const least = (error: (of: (typeof curve)[number]) => number): number =>
      curve.reduce((best, one) => (error(one) < error(best) ? one : best)).value;
    const best = SIZES.map((N) => least(({ bias, variance }) => bias + variance / N));
    return [
      found(
        "λ of least variance",
        least(({ variance }) => variance),
      ),
      ...SIZES.map((N, i) => claimed(`λ of least error, batches of ${N}`, best[i], i === 0 || best[i] >= best[i - 1])),
    ];
  },
};
