/** The estimators of the lab, by name. */

import type { Critic } from "./critics.js";
import type { Estimator, GaeEstimator, ReinforceEstimator } from "./estimator.js";

/** Options of REINFORCE: the return to go as it is. */
export const PLAIN = { returns: "to-go", discountWeight: false, baseline: "none", normalise: "none" } as const;
/** The return of the whole episode. */
export const WHOLE = { ...PLAIN, returns: "whole-episode" } as const;
/** γᵗ times the return to go. */
export const WEIGHTED = { ...PLAIN, discountWeight: true } as const;

/** An update of REINFORCE, with the baseline `value` if there is a critic. */
export function reinforce(
  name: string,
  summary: string,
  options: ReinforceEstimator["options"],
  critic?: Critic,
): ReinforceEstimator {
  const baseline = critic === undefined ? options.baseline : "value";
  return { name, summary, algorithm: "reinforce", options: { ...options, baseline }, critic };
}

/** An update by GAE(λ). */
export function byGae(
  name: string,
  summary: string,
  { lambda, critic, per = "episode" }: { lambda: number; critic: Critic; per?: GaeEstimator["per"] },
): GaeEstimator {
  return { name, summary, algorithm: "vpg", options: { lambda, normaliseAdvantages: false }, critic, per };
}

/** All estimators, in the order of the table in `docs/estimators.md`. */
export const ESTIMATORS: readonly Estimator[] = [
  reinforce("whole", "G₀ at every step", WHOLE),
  reinforce("whole-mean", "G₀ minus its mean over all steps of the batch", { ...WHOLE, baseline: "mean" }),
  reinforce("whole-episodes-mean", "G₀ minus its mean over the episodes", WHOLE, "mean-of-episodes"),
  reinforce("whole-others", "G₀ minus the mean G₀ of the other episodes", WHOLE, "other-episodes"),
  reinforce("whole-whitened", "G₀ whitened over the batch", { ...WHOLE, normalise: "batch" }),
  reinforce("weighted", "γᵗ times the return to go", WEIGHTED),
  reinforce("weighted-others", "γᵗ times the return to go minus the mean over the other episodes' steps", {
    ...WEIGHTED,
    baseline: "leave-one-out",
  }),
  reinforce("weighted-value", "γᵗ times the return to go minus the exact V", WEIGHTED, "exact"),
  reinforce("to-go", "the return to go", PLAIN),
  reinforce("to-go-mean", "the return to go minus its mean over all steps of the batch", {
    ...PLAIN,
    baseline: "mean",
  }),
  reinforce("to-go-others", "the return to go minus the mean over the other episodes' steps", {
    ...PLAIN,
    baseline: "leave-one-out",
  }),
  reinforce(
    "to-go-other-episodes",
    "the return to go minus the mean G₀ of the other episodes",
    PLAIN,
    "other-episodes",
  ),
  reinforce("episode-mean", "the return to go minus its mean over the episode", { ...PLAIN, baseline: "episode-mean" }),
  reinforce("value", "the return to go minus the exact V", PLAIN, "exact"),
  reinforce("wrong-value", "the return to go minus V + e", PLAIN, "wrong"),
  reinforce("best-constant", "the return to go minus the constant of least variance", PLAIN, "best-constant"),
  reinforce("best-value", "the return to go minus the number of least variance for each state", PLAIN, "best"),
  reinforce("fitted-value", "the return to go minus a V fitted to this very batch", PLAIN, "fitted"),
  reinforce("whitened-episode", "the return to go whitened over the episode", { ...PLAIN, normalise: "episode" }),
  reinforce("whitened", "the return to go whitened over the batch", { ...PLAIN, normalise: "batch" }),
  byGae("per-step", "the return to go, averaged over steps and not over episodes", {
    lambda: 1,
    critic: "zero",
    per: "step",
  }),
  byGae("td", "the one-step TD error of the exact V", { lambda: 0, critic: "exact" }),
  byGae("td-wrong", "the one-step TD error of V + e", { lambda: 0, critic: "wrong" }),
  byGae("gae", "GAE(0.95) with the exact V", { lambda: 0.95, critic: "exact" }),
  byGae("gae-wrong", "GAE(0.95) with V + e", { lambda: 0.95, critic: "wrong" }),
  byGae(
    "gae-per-step",
    "GAE(0.95) with the exact V, averaged over steps: the update of VPG, A2C and PPO's first step",
    {
      lambda: 0.95,
      critic: "exact",
      per: "step",
    },
  ),
  { ...reinforce("clipped", "the return to go, the batch's gradient clipped at 0.5", PLAIN), maxGradNorm: 0.5 },
  {
    ...reinforce("clipped-episodes", "the return to go, each episode's gradient clipped at 0.5", PLAIN),
    maxGradNorm: 0.5,
    clip: "episode",
  },
];

/** The estimator of this name. @throws RangeError if there is none */
export function estimatorNamed(name: string): Estimator {
  const found = ESTIMATORS.find((estimator) => estimator.name === name);
  if (found === undefined) throw new RangeError(`the lab has no estimator ${name}`);
  return found;
}
