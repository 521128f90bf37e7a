/** Loads a policy from a checkpoint, without its run. */

import { policyFrom } from "../policies/architecture.js";
import type { Policy } from "../policies/policy.js";
import { defaultRng } from "../random/index.js";
import { arraysToTensors, decodeCheckpoint } from "./checkpoint.js";
import { deepFreeze } from "./deep-freeze.js";
import { describedPolicy } from "./described-policy.js";
import { requireBytes } from "./require-bytes.js";
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
  const checkpoint = decodeCheckpoint(bytes);
  return understood(() => {
    const { arrays } = checkpoint;
    const { config, architecture } = describedPolicy(checkpoint);
    const policy = policyFrom(architecture, defaultRng(streams(config)[1]), roomOf(arrays));
    arraysToTensors(arrays, "weights.", named(policy.parameters()));
    restoreMoments(arrays, { policy });
    return { policy, config: deepFreeze(config) };
  });
}
