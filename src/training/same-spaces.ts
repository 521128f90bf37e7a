/** Checks that a run goes on with the spaces that it began with: with others, the same numbers mean something else. */

import { ConfigError } from "../errors.js";
import { architectureOf, type PolicyArchitecture } from "../policies/architecture.js";
import type { Policy } from "../policies/policy.js";
import { describeSpace, spaceFrom } from "../spaces/index.js";

/** The spaces of a policy as plain data. */
export type Spaces = Pick<PolicyArchitecture, "observationSpace" | "actionSpace">;

/** Whatever has the two spaces: a policy, or environments. */
type Spaced = Pick<Policy, "observationSpace" | "actionSpace">;

function spacesOf({ observationSpace, actionSpace }: Spaced): Spaces {
  return { observationSpace: describeSpace(observationSpace), actionSpace: describeSpace(actionSpace) };
}

/** What a checkpoint's state has to hold. Its description of the policy has the spaces too, if there is one. */
export function undescribedSpaces(policy: Policy): Spaces | undefined {
  return architectureOf(policy) === null ? spacesOf(policy) : undefined;
}

/** @throws ConfigError naming the space of the environment that has changed */
export function requireSameSpaces(spaced: Spaced, saved: Spaces | undefined): void {
  if (saved === undefined) return;
  const now = spacesOf(spaced);
  for (const role of ["observationSpace", "actionSpace"] as const) {
    if (JSON.stringify(now[role]) === JSON.stringify(saved[role])) continue;
    const given = `one with the ${role} ${spaced[role]}`;
    throw new ConfigError({ field: "env", given, allowed: `one with ${spaceFrom(saved[role])}, as this run began` });
  }
}
