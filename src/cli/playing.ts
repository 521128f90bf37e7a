/** Flags that `evaluate` and `watch` share: how the policy plays. */

import { flag, text } from "../options.js";
import { type Flags, optional } from "./arguments.js";
import { policyFlag } from "./run-policy.js";
import { readSeed, SEED_MEANING } from "./seed.js";
import { UsageError } from "./usage-error.js";

export const playingFlags: Flags = {
  policy: policyFlag,
  deterministic: optional(flag(false, { help: "the likeliest action in every state" })),
  stochastic: optional(flag(true, { help: "actions drawn as in training; this is the default" })),
  seed: text("0", { meaning: SEED_MEANING, help: "of the episodes; none of them was trained on" }),
};

export interface Playing {
  readonly policy: "best" | "last";
  readonly deterministic: boolean;
  readonly seed: bigint;
}

/** @throws UsageError @throws ConfigError */
export function readPlaying(values: ReadonlyMap<string, unknown>): Playing {
  if (values.has("deterministic") && values.has("stochastic")) {
    throw new UsageError("--deterministic and --stochastic exclude each other; allowed is one of them");
  }
  return {
    policy: (values.get("policy") as Playing["policy"] | undefined) ?? "best",
    deterministic: values.get("deterministic") === true || values.get("stochastic") === false,
    seed: readSeed(values.get("seed") as string | undefined) ?? 0n,
  };
}
