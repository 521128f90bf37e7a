/** The policy of a saved run and the environment it was trained in. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { AnyAsyncEnv } from "../envs/async-env.js";
import type { AnyEnv } from "../envs/env.js";
import { makeRegistered } from "../envs/registry.js";
import { taskNameOf } from "../language/run/task-name.js";
import { FileError } from "../node/file-error.js";
import { readCheckpoint } from "../node/read-checkpoint.js";
import { BEST, CHECKPOINT, findRun, WEIGHTS } from "../node/run-folder.js";
import { readRecord } from "../node/run-record.js";
import { choice } from "../options.js";
import type { Policy } from "../policies/policy.js";
import { requireEnvName } from "../training/env-name.js";
import type { RunImport } from "../training/run-record.js";
import { loadPolicy } from "../training/train.js";
import type { ResolvedConfig } from "../training/types.js";
import { importForRun } from "./imports.js";
import { UsageError } from "./usage-error.js";

export const policyOption = choice<"best" | "last">("best", {
  choices: ["best", "last"],
  help: "the policy when 20 episodes in a row averaged most, or the one at the end",
});

export interface RunPolicy {
  readonly folder: string;
  /** If a run has no best policy yet, `best` means `last`. */
  readonly which: "best" | "last";
  readonly policy: Policy;
  readonly config: ResolvedConfig;
  /** The environment of the run, with options that differ from the run's. */
  makeEnv(options?: Readonly<Record<string, unknown>>): AnyEnv | AnyAsyncEnv;
}

/** `imports` replace the modules saved with the run. @throws ConfigError @throws FileError @throws CorruptFileError */
export async function loadRunPolicy(
  run: string | undefined,
  wanted: "best" | "last",
  imports: readonly RunImport[],
): Promise<RunPolicy> {
  const folder = findRun(run);
  const record = readRecord(folder);
  if (taskNameOf(record.config) !== undefined)
    throw new UsageError(`${folder} is a run on a language task: ascent generate writes with its model`);
  await importForRun(record.imports, imports, record.config.env);
  const { which, path } = findPolicy(folder, wanted);
  const { policy, config } = readCheckpoint(path, (bytes) => loadPolicy(bytes));
  const makeEnv: RunPolicy["makeEnv"] = (options) =>
    makeRegistered(requireEnvName(config, "playing"), { ...config.envOptions, ...options });
  return { folder, which, policy, config, makeEnv };
}

/** The file of the best or the last policy of a run. @throws FileError if there is none yet */
export function findPolicy(folder: string, wanted: "best" | "last"): Pick<RunPolicy, "which"> & { path: string } {
  const which = wanted === "best" && existsSync(join(folder, BEST)) ? "best" : "last";
  const names = which === "best" ? [BEST] : [CHECKPOINT, WEIGHTS];
  const path = join(folder, names.find((name) => existsSync(join(folder, name))) ?? names[0]);
  if (!existsSync(path))
    throw new FileError(path, "is not there: this run was stopped before its first checkpoint, or has lost it");
  return { which, path };
}
