/** Probes of the policy: the best of two actions has to become nearly certain. */

import type { PlayProbe } from "./probe.js";
import { drawSign } from "./world.js";

const CERTAIN = { expected: 1, within: 0.1 };

const rewardByAction: PlayProbe = {
  name: "reward-by-action",
  world: "one state, one step, action 1 earns 1",
  measures: "drawn",
  steps: 5000,
  targets: [{ of: "π(best)", ...CERTAIN }],
  rules: (note) => ({
    begin: () => 1,
    observe: (s) => s,
    act: (_, action) => {
      note("π(best)", action === 1 ? 1 : 0);
      return { reward: action === 1 ? 1 : 0 };
    },
  }),
  means: "The policy does not move towards the better action. Near 0 it moves away: the loss has the wrong sign.",
  lookAt:
    "The sign: loss = -mean(log π(a)·A). That log π is a tensor up to backward(), and that the optimiser has the policy's weights.",
};

const rewardByBoth: PlayProbe = {
  name: "reward-by-both",
  world: "two states, one step, a different action earns 1",
  measures: "drawn",
  steps: 5000,
  targets: [
    { of: "π(best | obs 1)", ...CERTAIN },
    { of: "π(best | obs -1)", ...CERTAIN },
  ],
  rules: (note) => ({
    begin: drawSign,
    observe: (s) => s,
    act: (s, action) => {
      const right = (action === 1) === s > 0 ? 1 : 0;
      note(`π(best | obs ${s})`, right);
      return { reward: right };
    },
  }),
  means: "The policy does not connect what it sees with what it does.",
  lookAt:
    "Whether observations, actions and advantages of a row belong together, also after shuffling, and whether the policy reads the observation at all.",
};

/** What is left of a reward that comes a step later. */
const SHORT_SIGHTED = 0.2;

const nowOrLater: PlayProbe = {
  name: "now-or-later",
  world: "earn 1 now or 2 a step later, γ = 0.2",
  measures: "drawn",
  steps: 5000,
  settings: { gamma: SHORT_SIGHTED },
  targets: [{ of: "π(now)", ...CERTAIN }],
  // The states: -1 at the choice, 0 after taking 1, 1 before getting 2.
  rules: (note) => ({
    begin: () => -1,
    observe: (s) => s,
    act: (s, action) => {
      if (s >= 0) return { reward: 2 * s };
      note("π(now)", action === 0 ? 1 : 0);
      return action === 0 ? { reward: 1, next: 0 } : { reward: 0, next: 1 };
    },
  }),
  means: "1 now is worth more than γ·2 = 0.4. A policy that waits does not discount what its actions earn.",
  lookAt: "The returns or advantages in the policy's loss: whether γ is in them, and not only in the targets of V.",
};

export const choiceProbes: readonly PlayProbe[] = [rewardByAction, rewardByBoth, nowOrLater];
