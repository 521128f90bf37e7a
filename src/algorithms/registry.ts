import { ConfigError, nearest } from "../errors.js";
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

/** Every registered algorithm. */
export function listAlgorithms(): readonly Algorithm[] {
  return Object.values(algorithms);
}

/** The algorithm of that name; an unknown one is an error that offers the nearest. */
export function algorithmEntry(name: string): Algorithm {
  if (typeof name === "string" && Object.hasOwn(algorithms, name)) return algorithms[name];
  const names = Object.keys(algorithms);
  const allowed = `one of ${names.join(", ")}`;
  throw new ConfigError({ field: "algorithm", given: name, allowed, nearest: nearest(name, names) });
}
