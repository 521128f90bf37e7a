import { ConfigError } from "../errors.js";
import type { ResetOptions } from "./env.js";

/** Refuses `reset({ options })` where there is nothing to choose: a setting that is not heeded is not passed over. */
export function noResetOptions(options: ResetOptions["options"] = {}): void {
  for (const [name, given] of Object.entries(options))
    throw new ConfigError({
      field: `reset.options.${name}`,
      given,
      allowed: "none: every episode starts by the same rules",
    });
}
