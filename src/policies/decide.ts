/** The implementation of `policy.act`. */

import { ConfigError, unknownOption } from "../errors.js";
import type { Generator } from "../random/generator.js";
import { Decider } from "./decider.js";
import type { ActingParts, ActOptions, Policy } from "./policy.js";

/** The parts that each `act` made here decides with, so that `deciderOf` finds them. */
const partsOf = new WeakMap<Policy["act"], ActingParts>();

/** Makes `policy.act`. It draws from `ownRng` unless it is given a generator. */
export function actOf(parts: ActingParts, ownRng: Generator): Policy["act"] {
  const decider = new Decider(parts, 1);
  const act: Policy["act"] = (observation, options) => {
    if (options === undefined) {
      decider.decide([{ observation, mask: undefined, memory: undefined, rng: ownRng }], false);
      return decider.action(0);
    }
    requireKnown(options);
    const { deterministic = false, rng = ownRng, mask, memory } = options;
    if (typeof deterministic !== "boolean") refuse("deterministic", deterministic, "true or false");
    if (typeof rng !== "object" || rng === null) refuse("rng", rng, "a generator, such as defaultRng(seed)");
    decider.decide([{ observation, mask, memory, rng }], deterministic);
    return decider.action(0);
  };
  partsOf.set(act, parts);
  return act;
}

/** Whether this is a policy's own `act`, and not one that somebody put in its place. */
export function isOwnAct({ act }: Pick<Policy, "act">): boolean {
  return partsOf.has(act);
}

/** A decider for several rows that does what `act` does; undefined if somebody replaced the policy's own `act`. */
export function deciderOf({ act }: Pick<Policy, "act">, rows: number): Decider | undefined {
  const parts = partsOf.get(act);
  return parts && new Decider(parts, rows);
}

const names: readonly (keyof ActOptions)[] = ["deterministic", "rng", "mask", "memory"];

function requireKnown(options: ActOptions): void {
  if (typeof options !== "object" || options === null) refuse("act", options, "options by name");
  for (const name in options) {
    // Comparing with each of four names takes less time than looking it up.
    if (name === "deterministic" || name === "rng" || name === "mask" || name === "memory") continue;
    const given = Object.entries(options).find(([own]) => own === name)?.[1];
    throw unknownOption(name, given, names, `act.${name}`);
  }
}

function refuse(field: string, given: unknown, allowed: string): never {
  throw new ConfigError({ field, given, allowed });
}
