/** `ascent doctor [run]`: reads the log, then plays the policy. */

import { join } from "node:path";
import { examine } from "../doctor/examine/examine.js";
import { bySeverity, type Finding } from "../doctor/finding.js";
import { diagnoseLanguage } from "../doctor/language/diagnose-language.js";
import { diagnose } from "../doctor/run/diagnose.js";
import { isAsync } from "../envs/async-env.js";
import { envEntry } from "../envs/registry.js";
import { taskNameOf } from "../language/run/task-name.js";
import { streamMetrics } from "../node/metrics.js";
import { findRun, METRICS } from "../node/run-folder.js";
import { readRecord } from "../node/run-record.js";
import type { RunImport, RunRecord } from "../training/run-record.js";
import { shown } from "./closing.js";
import { colours, wantsColour } from "./colour.js";
import type { DoctorFlags } from "./doctor-flags.js";
import { findingLines, summary } from "./findings-text.js";
import { printableJson } from "./printable.js";
import { loadRunPolicy } from "./run-policy.js";
import { DONE, FAILED } from "./subcommand.js";

/** The width of text where there is no terminal. */
const COLUMNS = 100;

/** Prints the findings. Returns 1 if one of them is an error. */
export async function doctorRun(
  run: string | undefined,
  { seed, json, noColor }: DoctorFlags,
  imports: readonly RunImport[],
): Promise<number> {
  const folder = findRun(run);
  const record = readRecord(folder);
  if (taskNameOf(record.config) !== undefined) {
    const findings = diagnoseLanguage({ config: record.config, updates: streamMetrics(join(folder, METRICS)) });
    return tell({ folder, record, findings }, { json, noColor });
  }
  const { policy, config, makeEnv } = await loadRunPolicy(folder, "last", imports);
  const env = makeEnv();
  const facts = {
    config: record.config,
    updates: streamMetrics(join(folder, METRICS)),
    actionSpace: policy.actionSpace,
    rewardThreshold: config.env === null ? undefined : envEntry(config.env).rewardThreshold,
    imports: record.imports,
  };
  const ofLog = diagnose(facts);
  const examination = isAsync(env)
    ? undefined
    : examine(policy, env, { seed, config: record.config, imports: record.imports });
  const findings = bySeverity([...ofLog, ...(examination?.findings ?? [])]);
  return tell({ folder, record, findings, examination }, { json, noColor });
}

/** Prints findings, and returns the exit code. */
function tell(
  {
    folder,
    record,
    findings,
    examination,
  }: { folder: string; record: RunRecord; findings: readonly Finding[]; examination?: unknown },
  { json, noColor }: Pick<DoctorFlags, "json" | "noColor">,
): number {
  const code = findings.some(({ severity }) => severity === "error") ? FAILED : DONE;
  if (json) {
    process.stdout.write(
      `${printableJson({ run: folder, verdict: record.result?.verdict ?? null, findings, examination })}\n`,
    );
    return code;
  }
  const tones = colours(wantsColour(process.stdout, noColor));
  const lines = [
    `${tones.strong(shown(folder))}: ${record.result?.verdict.text ?? "the run has no result yet"}`,
    ...findingLines(findings, process.stdout.columns ?? COLUMNS, tones),
    "",
    summary(findings),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  return code;
}
