/** Checks the options of `startRun` and `resumeRun`, before a folder is made or changed. */

import { ConfigError } from "../errors.js";
import { checkValue, requireKnown } from "../options.js";
import { isImport } from "../training/run-record.js";
import { evaluationOptions, resolveEvaluation } from "./evaluation-options.js";
import { checkLogs } from "./logs/log-names.js";
import { type SaveOptions, type StartOptions, saveOptions } from "./save-options.js";

const OF_BOTH = ["checkpointSeconds", "until", "imports", "log", "evalEnv"];
const OF_START = ["out", "from", ...OF_BOTH, ...Object.keys(evaluationOptions), "evalEnvOptions"];
const OF_RESUME = [
  ...OF_BOTH,
  "episodes",
  "steps",
  "stopWhenSolved",
  "environments",
  "gradientNoise",
  "env",
  "algorithm",
  "features",
  "schedules",
];

/** @throws ConfigError naming the field */
export function checkStartOptions(options: StartOptions): void {
  requireKnown(options, OF_START);
  const { out, from } = options;
  requireFilled("out", out, "a folder that is new or empty");
  requireFilled("from", from, "the path of a checkpoint");
  const evaluation = resolveEvaluation(options);
  if (evaluation === null && options.evalEnv !== undefined)
    throw new ConfigError({ field: "evalEnv", given: options.evalEnv, allowed: "nothing, unless evalEvery is set" });
  checkSaveOptions(options);
}

/** @throws ConfigError naming the field. `resume` checks the code and the new end */
export function checkResumeOptions(options: SaveOptions): void {
  requireKnown(options, OF_RESUME);
  checkSaveOptions(options);
}

function checkSaveOptions({ checkpointSeconds, until, imports, log }: SaveOptions): void {
  if (log !== undefined) checkLogs(log);
  if (checkpointSeconds !== undefined)
    checkValue("checkpointSeconds", saveOptions.checkpointSeconds, checkpointSeconds);
  if (until !== undefined && until !== null && !Number.isFinite(until))
    throw new ConfigError({ field: "until", given: until, allowed: "an average return, or null" });
  if (imports !== undefined && !(Array.isArray(imports) && imports.every(isImport))) {
    const allowed = "a list of { module, path }, two texts each";
    throw new ConfigError({ field: "imports", given: imports, allowed });
  }
}

function requireFilled(field: string, given: unknown, allowed: string): void {
  if (given === undefined || (typeof given === "string" && given !== "")) return;
  throw new ConfigError({ field, given, allowed });
}
