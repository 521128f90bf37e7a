/** The best λ of GAE grows with the batch. */

import { type ErrorAt, errorsOverLambda } from "../gae-theory.js";
import { claimed, type Experiment, found } from "./experiment.js";

const SIZES = [1, 10, 100, 1000, 10_000];
const STEPS = 200;

/** Bias² and variance of one episode for each λ, with the wrong critic, by linear systems. */
export const lambda: Experiment = {
  name: "lambda",
  summary: "the λ of least error grows with the batch, since only variance shrinks with it",
  world: "loop",

  run(setting) {
    const curve = errorsOverLambda(setting, STEPS);
    const least = (error: (at: ErrorAt) => number): number =>
      curve.reduce((best, one) => (error(one) < error(best) ? one : best)).lambda;
    const best = SIZES.map((N) => least(({ biasSquared, variance }) => biasSquared + variance / N));
    return [
      found(
        "λ of least variance",
        least(({ variance }) => variance),
      ),
      ...SIZES.map((N, i) => claimed(`λ of least error, batches of ${N}`, best[i], i === 0 || best[i] >= best[i - 1])),
    ];
  },
};
