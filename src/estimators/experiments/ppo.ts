/** PPO's first step is an estimate of F, and its later ones are not. */

import { estimatorNamed } from "../estimators.js";
import { laterStep } from "../ppo-steps.js";
import { cosine, distance, norm } from "../square.js";
import { type Experiment, found, predicted } from "./experiment.js";

/** Advantages: the return to go minus the exact V. */
const estimator = estimatorNamed("value");
const CLIP_RANGE = 0.2;
/** A step so small that its square doesn't count. */
const TINY = 1e-5;

/** The first step, and the three shares of a second one's bias. */
export const ppo: Experiment = {
  name: "ppo",
  summary: "PPO's second step on a batch: reuse, surrogate and clipping, each beside F of the moved policy",
  world: "chain",

  run(setting, { episodes }) {
    const step = (N: number, learningRate: number, clipRange: number, before = 1) =>
      laterStep(setting, N, { estimator, learningRate, clipRange, before });
    const first = step(episodes, 0, CLIP_RANGE, 0);
    const reuse = (N: number): number => (N * norm(step(N, TINY, Number.POSITIVE_INFINITY).reuse)) / TINY;
    const later = [0.05, 0.5].flatMap((rate) => {
      const second = step(episodes, rate, CLIP_RANGE);
      const share = (of: Float64Array): number => norm(of) / norm(second.field);
      return [
        found(`second step, α ${rate}: |reuse|/|F|`, share(second.reuse)),
        found(`second step, α ${rate}: |surrogate|/|F|`, share(second.surrogate)),
        found(`second step, α ${rate}, ε ${CLIP_RANGE}: |clipping|/|F|`, share(second.clipping)),
        found(`second step, α ${rate}, ε ${CLIP_RANGE}: cosine of the mean to F`, cosine(second.mean, second.field)),
      ];
    });
    const fourth = step(episodes, 0.5, CLIP_RANGE, 3);
    return [
      predicted("first step: |E[ĝ] − F|", distance(first.mean, setting.field), 0),
      predicted(`N·|reuse|/α at N = ${episodes}, theory: the same as at N = 1`, reuse(episodes), reuse(1), 1e-3),
      ...later,
      found(`fourth step, α 0.5, ε ${CLIP_RANGE}: cosine of the mean to F`, cosine(fourth.mean, fourth.field)),
    ];
  },
};
