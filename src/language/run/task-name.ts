import type { ResolvedConfig } from "../../training/types.js";

/** What stands before the name of a task in records, so that they are not taken for those of environments. */
const PREFIX = "language/";

/** What a config has as `env` for a task of this name. */
export function envOfTask(task: string): string {
  return `${PREFIX}${task}`;
}

/** The name of a run's task, or undefined for a run on an environment. */
export function taskNameOf({ env }: Pick<ResolvedConfig, "env">): string | undefined {
  return env?.startsWith(PREFIX) ? env.slice(PREFIX.length) : undefined;
}
