/** The report of a run as a page of HTML. */

export type { ReportedRun } from "./page.js";
export { type ReportFacts, runReport } from "./run-report.js";
