/** Settings and estimators that several checks use. */

import { make } from "../envs/registry.js";
import { type CreditSpread, cartPoleSpread } from "../estimators/cart-pole.js";
import { enumerated } from "../estimators/enumerate.js";
import type { Estimator } from "../estimators/estimator.js";
import type { Moments } from "../estimators/moments.js";
import { type Setting, settingOf } from "../estimators/setting.js";
import { worldOf } from "../estimators/world.js";
import { worldNamed } from "../estimators/world-options.js";

/** A world of the lab with its own policy. */
export function settingNamed(name: string): Setting {
  return settingOf(worldNamed(name));
}

/** TwoStep-v0 with equal probabilities: the first of two actions decides a reward of 1 after the second. */
export function evenTwoStep(gamma: number): Setting {
  return settingOf(worldOf(make("TwoStep-v0").table, { gamma }));
}

/** Exact mean and variance of one estimator in batches of N episodes. */
export function exactMoments(estimator: Estimator, setting: Setting, N: number): Moments {
  return enumerated([estimator], setting, N)[0];
}

let onCartPole: CreditSpread | undefined;

/** The lab's measurement on CartPole, with 400 episodes of its first network. Two claims ask for it, and it takes a second. */
export function untrainedCartPole(): CreditSpread {
  onCartPole ??= cartPoleSpread();
  return onCartPole;
}
