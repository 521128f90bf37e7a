/** Loads a policy from a checkpoint, without its run. */

import { ConfigError } from "../errors.js";
import { CorruptFileError } from "../formats/safetensors.js";
import { policyFrom } from "../policies/architecture.js";
import type { Policy } from "../policies/policy.js";
import { defaultRng } from "../random/index.js";
import { arraysToTensors, decodeCheckpoint } from "./checkpoint.js";
import { deepFreeze } from "./deep-freeze.js";
import { requireBytes } from "./require-bytes.js";
import { isConfig } from "./run-record.js";
import { named, restoreMoments } from "./state-arrays.js";
import { streams } from "./streams.js";
import type { ResolvedConfig } from "./types.js";
import { roomOf, understood } from "./understood.js";

/**
 * Loads the policy in the bytes of `bestPolicy()`, `weights()` or `checkpoint()`, ready to act. Neither its algorithm nor
 * its environment has to be registered.
 *
 * @throws CorruptFileError if the bytes are not one of these
 * @throws ConfigError for anything but bytes
 */
export function loadPolicy(bytes: Uint8Array): { policy: Policy; config: ResolvedConfig } {
  requireBytes(bytes);
  const { config, policy: architecture, arrays } = decodeCheckpoint(bytes);
  return understood(() => {
    if (!isConfig(config)) throw new CorruptFileError("its settings are not those of a run");
    if (architecture === null)
      throw new ConfigError({
        field: "policy",
        given: "a policy with parts of its author's own",
        allowed: "a policy whose network and head have a describe()",
      });
    const policy = policyFrom(architecture, defaultRng(streams(config)[1]), roomOf(arrays));
    arraysToTensors(arrays, "weights.", named(policy.parameters()));
    restoreMoments(arrays, { policy });
    return { policy, config: deepFreeze(config) };
  });
}
