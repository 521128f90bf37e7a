import { trainCommand } from "../report/train-command.js";
import type { ResolvedConfig } from "../training/types.js";

/** The command that trains such a run: `npx ascent train ppo CartPole-v1 --seed 3`. */
export function commandOf(config: ResolvedConfig): string {
  return trainCommand({ config, imports: [], from: null, until: null, logs: [], evaluation: null });
}
