import { a2c } from "./a2c.js";
import { actorCritic } from "./actor-critic.js";
import type { Algorithm } from "./algorithm.js";
import { ppo } from "./ppo.js";
import { reinforce } from "./reinforce.js";
import { vpg } from "./vpg.js";

/** Every algorithm by name: one line each. */
export const algorithms: Readonly<Record<string, Algorithm>> = {
  reinforce: reinforce as unknown as Algorithm,
  "actor-critic": actorCritic as unknown as Algorithm,
  a2c: a2c as unknown as Algorithm,
  vpg: vpg as unknown as Algorithm,
  ppo: ppo as unknown as Algorithm,
};
