import { listEnvs } from "../envs/registry.js";
import type { ResolvedConfig } from "../training/types.js";

/** The average return that a run is to reach: its `until`, or the threshold of its environment. Undefined if it has neither. */
export function markOf({ env }: Pick<ResolvedConfig, "env">, until: number | null): number | undefined {
  return until ?? listEnvs().find(({ id }) => id === env)?.rewardThreshold;
}
