import { ConfigError } from "../errors.js";
import { CorruptFileError } from "../formats/safetensors.js";
import type { PolicyArchitecture } from "../policies/architecture.js";
import type { Checkpoint } from "./checkpoint.js";
import { isConfig } from "./run-record.js";
import type { ResolvedConfig } from "./types.js";

/**
 * The settings in a checkpoint, and how its policy is built.
 *
 * @throws CorruptFileError if its settings are not those of a run
 * @throws ConfigError if the policy has parts of its author's own
 */
export function describedPolicy({ config, policy }: Pick<Checkpoint, "config" | "policy">): {
  readonly config: ResolvedConfig;
  readonly architecture: PolicyArchitecture;
} {
  if (!isConfig(config)) throw new CorruptFileError("its settings are not those of a run");
  if (policy !== null) return { config, architecture: policy };
  const allowed = "a policy whose network and head have a describe()";
  throw new ConfigError({ field: "policy", given: "a policy with parts of its author's own", allowed });
}
