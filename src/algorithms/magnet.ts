/** A magnet: an earlier policy that the present one is drawn to, by a penalty on KL(π ‖ ρ). */

import { ConfigError } from "../errors.js";
import { int, real } from "../options.js";
import type { ActionDistribution } from "../policies/heads/head.js";
import type { Policy } from "../policies/policy.js";
import type { Rows } from "../policies/rows.js";
import { noGrad, type Tensor, zeros } from "../tensor/index.js";

export const magnetOptions = {
  magnetKl: real(0, {
    min: 0,
    help: "weight of KL(π ‖ ρ), which draws the policy to an earlier one, the magnet ρ; for self-play. 0: no magnet",
  }),
  magnetUpdates: int(100, { min: 1, help: "updates after which the magnet becomes the present policy" }),
} as const;

/** A magnet and how old it is. */
export interface Magnet {
  /** What a checkpoint has to hold of it. */
  readonly weights: readonly Tensor[];
  /** KL(π ‖ ρ) of each row, [m]. */
  divergence(pi: ActionDistribution, rows: Rows): Tensor;
  /** To be called after each update of the policy. */
  updated(): void;
}

/**
 * The magnet of a policy, which begins as the policy is now. `copy` is a policy of the same form, whose weights it takes.
 *
 * @throws ConfigError if the policy has a memory, or its distributions no `kl`
 */
export function magnetOf(policy: Policy, copy: Policy, updates: number): Magnet {
  if (policy.memory !== undefined) {
    const allowed = "0 for a policy with memory, whose magnet would need a memory of its own";
    throw new ConfigError({ field: "options.magnetKl", given: "a weight", allowed });
  }
  const present = policy.parameters();
  const kept = copy.parameters();
  const age = zeros([1]);
  age.name = "magnet.age";
  for (const tensor of kept) tensor.name = `magnet.${tensor.name}`;
  const move = (): void => kept.forEach((tensor, i) => void tensor.set(present[i].toArray()));
  move();
  return {
    weights: [...kept, age],
    divergence(pi, { features, masks }) {
      const rho = noGrad(() => copy.distribution({ features, masks }));
      if (pi.kl !== undefined) return pi.kl(rho);
      const allowed = "0 for distributions without kl()";
      throw new ConfigError({ field: "options.magnetKl", given: "a weight", allowed });
    },
    updated() {
      const older = age.item() + 1;
      if (older >= updates) move();
      age.set([older >= updates ? 0 : older]);
    },
  };
}
