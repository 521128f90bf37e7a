/** What the doctor found, in a form for people and for programs. */

/** An `error` means that the run can't learn like this, a `warning` that something is probably wrong. */
export type Severity = "error" | "warning" | "note";

/** Settings of a run to change, by name. */
export interface SettingsToTry {
  /** Options of the algorithm. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly envOptions: Readonly<Record<string, unknown>>;
}

/** One finding. `docs/doctor.md` has a section for each code. */
export interface Finding {
  /** The name of the finding, such as `entropy-gone`. It doesn't change between versions. */
  readonly code: string;
  readonly severity: Severity;
  /** The figure that was seen, and where. */
  readonly seen: string;
  /** Why it matters, in one sentence. */
  readonly why: string;
  /** What to do next: a command to paste or, for a run without names, the setting to change. */
  readonly tryNext: string;
  /** What `tryNext` changes, for programs. Undefined where it is about something else than the settings of the run. */
  readonly settings?: SettingsToTry | undefined;
}

const ORDER: readonly Severity[] = ["error", "warning", "note"];

/** The gravest findings first; equal ones keep their order. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}
