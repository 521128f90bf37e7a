/** A fault of an environment (`error`), or something that is likely to surprise (`warning`). */
export interface Finding {
  readonly severity: "error" | "warning";
  /** The name of the check, such as `aliasing`. */
  readonly check: string;
  readonly message: string;
}

/** Collects findings. It keeps the first of each check, because later ones usually follow from it. */
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
