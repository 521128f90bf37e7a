/** The options of `evaluate` and `watch`: which policy to use, and how it chooses actions. */

import { flag, optional, seed, type Values } from "../options.js";
import { policyOption } from "./run-policy.js";
import { UsageError } from "./usage-error.js";

export const actingOptions = {
  policy: policyOption,
  deterministic: optional(flag(false, { help: "the likeliest action in every state" })),
  stochastic: optional(flag(true, { help: "actions drawn as in training; this is the default" })),
  seed: seed(0, { help: "of the episodes; none of them was trained on" }),
};

export interface Acting {
  readonly policy: "best" | "last";
  readonly deterministic: boolean;
  readonly seed: number | bigint;
}

/** @throws UsageError if the flags contradict each other */
export function readActing({ policy, deterministic, stochastic, seed }: Values<typeof actingOptions>): Acting {
  if (deterministic !== undefined && stochastic !== undefined)
    throw new UsageError("--deterministic and --stochastic exclude each other; allowed is one of them");
  return { policy, deterministic: deterministic ?? stochastic === false, seed };
}
