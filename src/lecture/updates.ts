/** Every algorithm here as one update with its own advantage and its own guard on the step. */

/** What stands for A in Σ ∇log π · A, and what keeps the step small. */
export interface UpdateRow {
  /** As in `ascent list algorithms`. */
  readonly algorithm: string;
  readonly advantage: string;
  readonly guard: string;
  /** The options that set them. */
  readonly options: readonly string[];
}

/** The table of chapter 10. */
export const updates: readonly UpdateRow[] = [
  {
    algorithm: "reinforce",
    advantage: "Gₜ − b",
    guard: "a limit of the gradient's norm",
    options: ["returns", "baseline", "maxGradNorm"],
  },
  {
    algorithm: "actor-critic",
    advantage: "rₜ + γV(sₜ₊₁) − V(sₜ)",
    guard: "a limit of the gradient's norm",
    options: ["gamma", "maxGradNorm"],
  },
  {
    algorithm: "a2c",
    advantage: "GAE(λ) over short rollouts",
    guard: "a limit of the gradient's norm",
    options: ["lambda", "rolloutSteps", "maxGradNorm"],
  },
  {
    algorithm: "vpg",
    advantage: "GAE(λ) over long rollouts",
    guard: "one step a batch",
    options: ["lambda", "rolloutSteps"],
  },
  {
    algorithm: "ppo",
    advantage: "GAE(λ), the same in all epochs",
    guard: "the ratio clipped to 1 ± ε",
    options: ["lambda", "epochs", "clipRange", "maxGradNorm"],
  },
];
