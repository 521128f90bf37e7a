import { ConfigError } from "../errors.js";
import type { ResetOptions } from "./env.js";

/**
 * Refuses `reset({ options })` for an environment without reset options, because an ignored setting would go unnoticed.
 */
export function noResetOptions(options: ResetOptions["options"] = {}): void {
  for (const [name, given] of Object.entries(options))
    throw new ConfigError({
      field: `reset.options.${name}`,
      given,
      allowed: "none: every episode starts by the same rules",
    });
}
