/** The numerics of a run: exact, so that its bits are the same everywhere, or fast, so that they belong to the machine. */

import { ConfigError } from "../errors.js";
import { numerics } from "../tensor/index.js";
import type { ResolvedConfig } from "./types.js";

/** The numerics of this process as a config records them: nothing where they are exact. */
export function recordedNumerics(): Pick<ResolvedConfig, "numerics"> {
  return numerics === "exact" ? {} : { numerics };
}

/** @throws ConfigError unless a run with this config would go on with the numerics that it was begun with */
export function requireSameNumerics({ numerics: begun = "exact" }: Pick<ResolvedConfig, "numerics">): void {
  if (begun === numerics) return;
  const variables = begun.replace(/^fast \((\w+)\)$/, "fast ASCENT_INSTRUCTIONS=$1");
  const allowed = `${begun}, as this run was begun with, so that it stays the same run: ASCENT_NUMERICS=${variables}`;
  throw new ConfigError({ field: "ASCENT_NUMERICS", given: numerics, allowed });
}
