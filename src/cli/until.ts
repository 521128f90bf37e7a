/** `--until`: ends a run before its budget is used up. */

import { envEntry } from "../envs/registry.js";
import { ConfigError } from "../errors.js";
import { UNTIL_MEANING } from "./train-flags.js";

export interface End {
  /** Undefined means the preset's choice, or that of the resumed run. */
  readonly stopWhenSolved: boolean | undefined;
  /** An average return, or null for none. Undefined means that of the resumed run. */
  readonly until: number | null | undefined;
}

/** @throws ConfigError unless it is `solved`, `end` or a number, and for `solved` if the environment has no threshold */
export function readUntil(typed: string | undefined, env: string | null): End {
  if (typed === undefined) return { stopWhenSolved: undefined, until: undefined };
  if (typed === "end") return { stopWhenSolved: false, until: null };
  if (typed === "solved") {
    if (env !== null && envEntry(env).rewardThreshold !== undefined) return { stopWhenSolved: true, until: null };
    const allowed = `an average return: ${env ?? "this environment"} has no mark at which it counts as solved`;
    throw new ConfigError({ field: "--until", given: typed, allowed });
  }
  const until = typed.trim() === "" ? Number.NaN : Number(typed);
  if (Number.isFinite(until)) return { stopWhenSolved: false, until };
  throw new ConfigError({ field: "--until", given: typed, allowed: UNTIL_MEANING });
}
