/** A probe of action masks: a state in which there is no choice must not teach anything about the one in which there is. */

import { discrete } from "../../spaces/index.js";
import type { PlayProbe } from "./probe.js";

const FORCED = 0;
const FREE = 1;

/**
 * Both states look the same. In one, only action 0 is allowed and earns 1; in the other, 0 earns nothing and 1 earns 0.8;
 * action 2 is never allowed. With masks, a forced action has log π = 0 and no gradient, so that 1 becomes certain. Without
 * them in the loss, the forced action looks like a good choice.
 */
export const maskedActions: PlayProbe = {
  name: "masked-actions",
  world: "three actions, of which masks forbid one or two",
  measures: "drawn",
  steps: 6000,
  targets: [
    { of: "π(best | free)", expected: 1, within: 0.1 },
    { of: "forbidden", expected: 0, within: 0 },
  ],
  rules: (note) => ({
    actionSpace: discrete(3),
    begin: (rng) => rng.integers(2),
    observe: () => 1,
    mask: (s) => (s === FREE ? [1, 1, 0] : [1, 0, 0]),
    act: (s, action) => {
      note("forbidden", action === 2 || (s === FORCED && action !== 0) ? 1 : 0);
      if (s === FORCED) return { reward: 1 };
      note("π(best | free)", action === 1 ? 1 : 0);
      return { reward: action === 1 ? 0.8 : 0 };
    },
  }),
  means:
    "Masks do not reach acting (forbidden actions) or learning (the policy learns from steps in which it had no choice).",
  lookAt:
    "policy.distribution(batch) with the whole batch, which has its masks, and not with { features } alone. A head of your own has to give masked actions the probability 0.",
};
