/** Probes of actions that are numbers: the likeliest action has to become the best one. */

import { box } from "../../spaces/index.js";
import type { PlayProbe } from "./probe.js";

const BEST = 2;

/**
 * A peak between the bounds, at which it is 0. So whatever the deviation, a normal earns most with its mean at the peak; a
 * parabola would pay for a mean beyond a bound, where all draws are cut to the same number. A tanh stretches the upper half of the
 * peak, so that its best mean lies a little above until the deviation is small.
 */
const peak = (a: number): number => Math.max(0, 1 - Math.abs(a - BEST));

/** The bounds are not symmetric, so that an action in other units than the environment's is a wrong one. */
const continuousAction: PlayProbe = {
  name: "continuous-action",
  world: "one number in [-1, 3], reward 1 - |a - 2|, at least 0",
  measures: "likeliest",
  steps: 6000,
  targets: [{ of: "likeliest a", expected: BEST, within: 0.5 }],
  rules: (note) => ({
    actionSpace: box({ low: -1, high: 3, shape: [1] }),
    begin: () => 1,
    observe: (s) => s,
    act: (_, action) => {
      const [a] = action instanceof Float32Array ? action : [Number.NaN];
      note("likeliest a", a);
      return { reward: peak(a) };
    },
  }),
  means: "The mean of the actions does not move to where the reward is largest.",
  lookAt:
    "That log π is taken of the action as drawn (batch.actions), not of one that was clipped or mapped to the bounds, and the gradient of the mean and of the deviation.",
};

const squashedAction: PlayProbe = {
  ...continuousAction,
  name: "squashed-action",
  world: "the same through a tanh (squashed-gaussian)",
  settings: { continuous: "squashed-gaussian" },
  means: "Squashed actions do not move to where the reward is largest, though the continuous-action probe may pass.",
  lookAt:
    "The change of variables: log π(a) = log N(u) - Σ ln(1 - tanh²(u)), with the same u in acting and in learning, mapped from [-1, 1] to the bounds.",
};

export const numberProbes: readonly PlayProbe[] = [continuousAction, squashedAction];
