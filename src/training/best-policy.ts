/** Keeps the policy with the best average over 20 episodes. */

import type { NamedArray } from "../formats/safetensors.js";
import type { Policy } from "../policies/policy.js";
import { arrayNamed } from "./checkpoint.js";
import { policyArrays } from "./state-arrays.js";

const PREFIX = "best.";

export class BestPolicy {
  /** Its weights and moments; undefined before 20 episodes have ended. */
  arrays: ReadonlyMap<string, NamedArray> | undefined;
  private policy: Policy | undefined;

  /** Keeps a copy of the policy as it is now. */
  keep(policy: Policy): void {
    this.arrays = new Map(policyArrays(policy));
    this.policy = undefined;
  }

  /**
   * The policy, ready to act. It is made once, so that its generator goes on from call to call.
   *
   * @param make makes a policy with these arrays
   */
  made(make: (arrays: ReadonlyMap<string, NamedArray>) => Policy): Policy | undefined {
    if (this.arrays !== undefined) this.policy ??= make(this.arrays);
    return this.policy;
  }

  /** Its arrays under the names that they have in a checkpoint of the run. */
  saved(): [string, NamedArray][] {
    return Array.from(this.arrays ?? [], ([name, array]) => [`${PREFIX}${name}`, array]);
  }

  /** Takes the arrays from the checkpoint of a run with such a policy. @throws CorruptFileError if one is missing */
  restore(arrays: ReadonlyMap<string, NamedArray>, policy: Policy): void {
    const present = policyArrays(policy);
    if (!arrays.has(`${PREFIX}${present[0][0]}`)) return;
    this.arrays = new Map(present.map(([name, { shape }]) => [name, arrayNamed(arrays, `${PREFIX}${name}`, shape)]));
    this.policy = undefined;
  }
}
