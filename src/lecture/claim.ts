/** A claim about policy gradients: what is said, what is true, and a measurement that decides. */

/** `holds if`: only under a condition, or only after a correction, which the claim states. */
export type Verdict = "holds" | "holds if" | "does not hold";

/** What a check measured. */
export interface Evidence {
  /** Whether the measurement is what the verdict says. */
  readonly passes: boolean;
  /** The figures, in one line. */
  readonly measured: string;
}

/** One claim. */
export interface Claim {
  readonly number: number;
  /** The chapter of `docs/lecture` that treats it. */
  readonly chapter: number;
  readonly says: string;
  readonly verdict: Verdict;
  /** Why it holds, its condition, or what is true instead. */
  readonly because: string;
  /** Measures it anew, in milliseconds. The bits are the same everywhere. */
  readonly check: () => Evidence;
}
