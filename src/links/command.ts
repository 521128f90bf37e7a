import { trainCommand } from "../report/train-command.js";
import type { ResolvedConfig } from "../training/types.js";

/**
 * The command that trains such a run: `npx ascent train ppo CartPole-v1 --seed 3`. `until` is the average return at which it
 * ends, if it has one of its own.
 */
export function commandOf(config: ResolvedConfig, until: number | null = null): string {
  return trainCommand({ config, imports: [], from: null, until, logs: [], evaluation: null });
}
