/** Whole-episode returns against returns to go. */

import { enumerated } from "../enumerate.js";
import { estimatorNamed } from "../estimators.js";
import { gaeMoments } from "../moments.js";
import { policyFor } from "../parametrisation.js";
import { type Setting, settingOf } from "../setting.js";
import { wholeEpisodeMoments } from "../whole-episode.js";
import type { World } from "../world.js";
import { refund, repeatedBandit } from "../worlds.js";
import { type Experiment, type Finding, found, predicted } from "./experiment.js";

const [whole, weighted, plain] = ["whole", "weighted", "to-go"].map(estimatorNamed);
const LENGTHS = [2, 4, 16, 64];

/** The ratio of the two variances, by what the rewards are. */
export const toGo: Experiment = {
  name: "to-go",
  summary: "whole-episode returns have 1 to 4 times the variance of returns to go, or less",
  world: "repeated-bandit",

  run(setting) {
    const kinds: [string, Partial<Record<"offset" | "signal" | "noise", number>>, (T: number) => number][] = [
      ["the same reward at every step", { offset: 1 }, (T) => (6 * T * T) / ((T + 1) * (2 * T + 1))],
      ["rewards by the step's own action", { signal: 1 }, () => 4],
      ["noise", { noise: 1 }, (T) => (2 * T) / (T + 1)],
    ];
    return [
      ...kinds.flatMap(([kind, rewards, theory]) =>
        LENGTHS.map((steps) =>
          predicted(
            `whole over to-go, ${kind}, ${steps} steps`,
            ratio(repeatedBandit({ steps, offset: 0, signal: 0, noise: 0, ...rewards })),
            theory(steps),
          ),
        ),
      ),
      ...[1, 3, 10].map((c) => {
        const back = settingOf(refund(c));
        const [G0, Gt] = enumerated([whole, plain], back, 1);
        return predicted(`whole over to-go, ${c} paid and taken back`, G0.variance / Gt.variance, 1 / (1 + c * c));
      }),
      ...ofThis(setting),
    ];
  },
};

/** By linear systems, for one state that all steps share. */
function ratio(world: World): number {
  const setting = settingOf(world, policyFor(world, "shared"));
  const toGoes = gaeMoments(setting, { lambda: 1, values: setting.zeros, discountWeight: false });
  return wholeEpisodeMoments(setting).variance / toGoes.variance;
}

/** The same target ∇J, in the given world. */
function ofThis(setting: Setting): Finding[] {
  const moments = { lambda: 1, values: setting.zeros, discountWeight: true };
  return [
    found(`${setting.world.name}: variance of ${whole.name}`, wholeEpisodeMoments(setting).variance),
    found(`${setting.world.name}: variance of ${weighted.name}`, gaeMoments(setting, moments).variance),
  ];
}
