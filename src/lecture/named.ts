/** Settings and estimators that several checks use. */

import { make } from "../envs/registry.js";
import { enumerated, type Moments } from "../estimators/enumerate.js";
import type { Estimator } from "../estimators/estimator.js";
import { ESTIMATORS } from "../estimators/estimators.js";
import { type Setting, settingOf } from "../estimators/setting.js";
import { type World, worldOf } from "../estimators/world.js";
import { worldNamed } from "../estimators/worlds.js";
import { log } from "../kernels/maths.js";

/** The estimator of the lab with this name. */
export function estimatorNamed(name: string): Estimator {
  return ESTIMATORS.find((estimator) => estimator.name === name)!;
}

/** A world of the lab with its own policy. */
export function settingNamed(name: string): Setting {
  return settingOf(worldNamed(name));
}

/** TwoStep-v0 with equal probabilities: the first of two actions decides a reward of 1 after the second. */
export function evenTwoStep(gamma: number): Setting {
  return settingOf(worldOf(make("TwoStep-v0").table, { gamma }));
}

/** One step: two arms that pay 1 and 0, the first chosen with this probability. */
export function twoArms(chance: number): World {
  const table = {
    states: 1,
    actions: 2,
    start: [1],
    outcomes: (state: number, action: number) => [{ probability: 1, state, reward: 1 - action, terminated: true }],
  };
  return worldOf(table, { gamma: 1, logits: [log(chance / (1 - chance)), 0] });
}

/** Exact mean and variance of one estimator in batches of N episodes. */
export function momentsOf(estimator: Estimator, setting: Setting, N: number): Moments {
  return enumerated([estimator], setting, N)[0];
}
