/** The policy of a saved run and the environment it was trained in. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { AnyEnv } from "../envs/env.js";
import { make } from "../envs/registry.js";
import { type ChoiceOption, choice } from "../options.js";
import type { Policy } from "../policies/policy.js";
import { FileError } from "../node/file-error.js";
import { BEST, CHECKPOINT, findRun } from "../node/run-folder.js";
import { readCheckpoint } from "../node/read-checkpoint.js";
import { requireEnvName } from "../training/env-name.js";
import { loadPolicy } from "../training/train.js";
import type { ResolvedConfig } from "../training/types.js";

export const policyFlag: ChoiceOption<"best" | "last"> = choice("best", {
  choices: ["best", "last"],
  help: "the policy when 20 episodes in a row averaged most, or the one at the end",
});

export interface RunPolicy {
  readonly folder: string;
  /** `best` falls back to `last` while a run has none yet. */
  readonly which: "best" | "last";
  readonly policy: Policy;
  readonly config: ResolvedConfig;
  makeEnv(): AnyEnv;
}

/** @throws ConfigError where there is no such run @throws FileError @throws CorruptFileError */
export function loadRunPolicy(run: string | undefined, wanted: "best" | "last"): RunPolicy {
  const folder = findRun(run);
  const which = wanted === "best" && existsSync(join(folder, BEST)) ? "best" : "last";
  const path = join(folder, which === "best" ? BEST : CHECKPOINT);
  if (!existsSync(path))
    throw new FileError(path, "is not there yet: this run was stopped before its first checkpoint");
  const { policy, config } = readCheckpoint(path, (bytes) => loadPolicy(bytes, which === "best" ? "policy" : "run"));
  return { folder, which, policy, config, makeEnv: () => make(requireEnvName(config, "playing"), config.envOptions) };
}
