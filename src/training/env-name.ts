/** The name of a run's environment, for messages and for code that needs the id. */

import { ConfigError } from "../errors.js";
import type { ResolvedConfig } from "./types.js";

/** For messages and titles. */
export function envName({ env }: Pick<ResolvedConfig, "env">): string {
  return env ?? "an environment without a name";
}

/** The id, for code that makes the environment again. @throws ConfigError if it was made by a function */
export function requireEnvName({ env }: Pick<ResolvedConfig, "env">, what: string): string {
  if (env !== null) return env;
  const allowed = `a registered environment for ${what}; this run was given a function, which can't be saved`;
  throw new ConfigError({ field: "env", given: null, allowed });
}
