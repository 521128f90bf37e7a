/** The gradient of an entropy bonus, H(s) = −Σ π log π in nats, as algorithms estimate it and as it is. */

import { log } from "../kernels/maths.js";
import { policyGradient, visitation } from "../tabular/gradient.js";
import { checkBatch, checkName, checkSetting } from "./checks.js";
import type { EpisodeBatch } from "./episodes.js";
import type { Setting } from "./setting.js";

/** H(s) of each state. */
function entropies({ mdp, policy }: Setting): Float64Array {
  return Float64Array.from({ length: mdp.states }, (_, s) =>
    policy.subarray(s * mdp.actions, (s + 1) * mdp.actions).reduce((sum, p) => (p === 0 ? sum : sum - p * log(p)), 0),
  );
}

/** Σ weight(s) ∇H(s), by ∂H/∂logit = −π(log π + H). */
function weightedSlopes(setting: Setting, weights: ArrayLike<number>): Float64Array {
  const { mdp, policy, parameters } = setting;
  const H = entropies(setting);
  return parameters.pulledBack(
    policy.map((p, pair) => {
      const s = Math.floor(pair / mdp.actions);
      return p === 0 ? 0 : -weights[s] * p * (log(p) + H[s]);
    }),
  );
}

/**
 * The gradient of a batch's entropy bonus: the sum over steps and the mean over episodes, as in `reinforce`, or the mean over
 * steps, as in `ppo`, `a2c` and `vpg`.
 */
export function entropyEstimate(setting: Setting, batch: EpisodeBatch, per: "episode" | "step") {
  checkSetting(setting);
  checkBatch(batch);
  checkName("per", per, ["episode", "step"]);
  const { states, segments } = batch;
  const visits = new Float64Array(setting.mdp.states);
  for (const state of states) visits[state] += 1 / (per === "step" ? states.length : segments.length);
  return weightedSlopes(setting, visits);
}

/** Σ d₁(s) ∇H(s): the mean of the sum over steps. It holds the visits fixed. */
export function entropyField(setting: Setting): Float64Array {
  checkSetting(setting);
  return weightedSlopes(setting, visitation(setting.mdp, setting.policy, { gamma: 1 }));
}

/** ∇E[Σ H(sₜ)], which also counts that the policy changes which states are met. */
export function entropyGradient(setting: Setting): Float64Array {
  checkSetting(setting);
  const { mdp, parameters } = setting;
  const H = entropies(setting);
  const rewards = Float64Array.from(mdp.rewards, (_, pair) => H[Math.floor(pair / mdp.actions)]);
  const score = parameters.pulledBack(policyGradient({ ...mdp, rewards }, parameters.logits, { gamma: 1 }));
  return entropyField(setting).map((slope, k) => slope + score[k]);
}
