import type { Algorithm } from "./algorithm.js";
import { ppo } from "./ppo.js";
import { reinforce } from "./reinforce.js";

/** Every algorithm by name: one line each. */
export const algorithms: Readonly<Record<string, Algorithm>> = {
  reinforce: reinforce as unknown as Algorithm,
  ppo: ppo as unknown as Algorithm,
};
