import type { ResolvedConfig } from "../../training/types.js";
import { LANGUAGE } from "../../training/words.js";

/** What a config has as `env` for a task of this name. */
export function envOfTask(task: string): string {
  return `${LANGUAGE}${task}`;
}

/** The name of a run's task, or undefined for a run on an environment. */
export function taskNameOf({ env }: Pick<ResolvedConfig, "env">): string | undefined {
  return env?.startsWith(LANGUAGE) ? env.slice(LANGUAGE.length) : undefined;
}
