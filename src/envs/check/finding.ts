/** One thing that is wrong with an environment (`error`) or that is likely to surprise (`warning`). */
export interface Finding {
  readonly severity: "error" | "warning";
  /** The name of the check, such as `aliasing`. */
  readonly check: string;
  readonly message: string;
}

/** Gathers findings, the first of each check: what follows from a fault is not news. */
export class Report {
  readonly findings: Finding[] = [];

  error(check: string, message: string): void {
    this.add({ severity: "error", check, message });
  }

  warn(check: string, message: string): void {
    this.add({ severity: "warning", check, message });
  }

  get failed(): boolean {
    return this.findings.some((finding) => finding.severity === "error");
  }

  private add(finding: Finding): void {
    if (!this.findings.some((known) => known.check === finding.check)) this.findings.push(finding);
  }
}
