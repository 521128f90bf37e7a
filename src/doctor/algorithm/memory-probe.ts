/** A probe of policies with a memory. */

import type { PlayProbe } from "./probe.js";
import { drawSign } from "./world.js";

/** The state is the sign, and twice the sign once it is hidden. */
export const memoryProbe: PlayProbe = {
  name: "memory",
  world: "a sign is shown, then asked for when it is hidden",
  measures: "drawn",
  memory: true,
  steps: 6000,
  wishes: { policy: "gru" },
  // One sign to remember: PPO with 64 numbers takes a third longer, and is right no more often.
  defaults: { memorySize: 32 },
  targets: [{ of: "π(right)", expected: 1, within: 0.1 }],
  rules: (note) => ({
    begin: drawSign,
    observe: (s) => (Math.abs(s) === 1 ? s : 0),
    act: (s, action) => {
      if (Math.abs(s) === 1) return { reward: 0, next: 2 * s };
      const right = (action === 1) === s > 0 ? 1 : 0;
      note("π(right)", right);
      return { reward: right };
    },
  }),
  means: "Nothing is carried from one step to the next: without a memory, half of the answers are right.",
  lookAt:
    "The order of rows in a batch (batch.sequences), where the memory begins, and whether gradients reach back through it.",
};
