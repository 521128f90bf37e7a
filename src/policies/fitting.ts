/** Whether a policy fits an environment. */

import { ConfigError } from "../errors.js";
import type { Dict, Space, Tuple } from "../spaces/index.js";
import type { Policy } from "./policy.js";

type Spaces = Pick<Policy, "observationSpace" | "actionSpace">;

/**
 * Actions must mean the same, so their spaces must be equal. Observations must have the same layout; the bounds of a `Box`
 * may differ.
 *
 * @throws ConfigError if they don't
 */
export function requireFitting(policy: Spaces, env: Spaces): void {
  if (String(env.actionSpace) !== String(policy.actionSpace)) refuse("actionSpace", env, policy);
  if (!sameLayout(env.observationSpace, policy.observationSpace)) refuse("observationSpace", env, policy);
}

function sameLayout(a: Space<unknown>, b: Space<unknown>): boolean {
  if (a.kind !== b.kind || a.shape.join() !== b.shape.join()) return false;
  switch (a.kind) {
    case "box":
      return true;
    case "tuple":
      return (a as Tuple).spaces.every((part, i) => sameLayout(part, (b as Tuple).spaces[i]));
    case "dict": {
      const ours = a as Dict;
      const theirs = b as Dict;
      return ours.names.every(
        (name, i) => name === theirs.names[i] && sameLayout(ours.spaces[name], theirs.spaces[name]),
      );
    }
    default:
      return String(a) === String(b);
  }
}

function refuse(field: keyof Spaces, env: Spaces, policy: Spaces): never {
  const allowed = `${policy[field]}, for which the policy was made`;
  throw new ConfigError({ field: `env.${field}`, given: String(env[field]), allowed });
}
