/** `ascent estimators --experiment`: a claim with its numbers. */

import type { Experiment, Finding } from "../estimators/experiments/experiment.js";
import { figure } from "./figures.js";
import { table } from "./table.js";

/** Whether a finding contradicts theory. */
export function contradicts({ holds }: Finding): boolean {
  return holds === false;
}

/** One row for each number. Numbers have six digits, so that they can be compared with those of others. */
export function findingsTable({ name, summary }: Experiment, findings: readonly Finding[], columns: number): string {
  const rows = findings.map((finding) => [
    finding.what,
    sixDigits(finding.value),
    finding.theory === undefined ? "" : sixDigits(finding.theory),
    contradicts(finding) ? "FAILS" : finding.holds === undefined ? "" : "holds",
  ]);
  return `${name}: ${summary}\n\n${table(["WHAT", "VALUE", "THEORY", "VERDICT"], rows, columns)}`;
}

/** Rounding errors of 0 are shown as 0. */
function sixDigits(value: number): string {
  if (Number.isInteger(value)) return figure(value);
  return Math.abs(value) < 1e-9 ? "0" : value.toFixed(6);
}
