/**
 * The objective and its exact gradient, for a policy with one logit per state and action:
 *
 *   J(π) = Σₛ ρ(s) V(s)        ∂J/∂θ(s, a) = d(s) π(a|s) (Q(s, a) − V(s))        d(s) = Σₜ γᵗ Pr(sₜ = s)
 *
 * (Sutton et al., 2000, for softmax.) For any other policy this is ∂J/∂logits, and the chain rule gives the rest.
 */

import { endless, evaluatePolicy, identityMinus, meansUnder, policyTransitions } from "./evaluate.js";
import { checkGamma, type Mdp, type PolicyTable } from "./mdp.js";
import { checkPolicy, softmaxPolicy } from "./policies.js";
import { solve } from "./solve.js";

/** J(π): the expected discounted return of an episode. */
export function objective(mdp: Mdp, policy: PolicyTable, { gamma }: { gamma: number }): number {
  const { values } = evaluatePolicy(mdp, policy, { gamma });
  return mdp.start.reduce((sum, probability, s) => sum + probability * values[s], 0);
}

/**
 * d(s) = Σₜ γᵗ Pr(sₜ = s), the discounted number of visits to each state. d solves (I − γ P_πᵀ) d = ρ. With γ = 1 these
 * are expected numbers of visits.
 *
 * @throws ConfigError if γ is not from 0 to 1, or is 1 while the policy may never reach a terminal state
 */
export function visitation(mdp: Mdp, policy: PolicyTable, { gamma }: { gamma: number }): Float64Array {
  checkGamma(gamma);
  checkPolicy(mdp, policy);
  const { states, start } = mdp;
  const forward = policyTransitions(mdp, policy);
  const backward = forward.map((_, i) => forward[(i % states) * states + Math.floor(i / states)]);
  const visits = solve(identityMinus(backward, states, gamma), start);
  if (visits === undefined) throw endless(gamma);
  return visits;
}

/**
 * ∇J with respect to the logits of a softmax policy: S · A numbers, at s·A + a. With `visitGamma: 1` all visits count
 * equally. That is not the gradient of J but the expectation of estimators without the factor γᵗ.
 */
export function policyGradient(
  mdp: Mdp,
  logits: ArrayLike<number>,
  { gamma, visitGamma = gamma }: { gamma: number; visitGamma?: number },
): Float64Array {
  checkGamma(visitGamma, "visitGamma");
  const policy = softmaxPolicy(mdp, logits);
  const { values, actionValues } = evaluatePolicy(mdp, policy, { gamma });
  const visits = visitation(mdp, policy, { gamma: visitGamma });
  return slopesByLogit({ weights: visits, policy, of: actionValues, means: values });
}

/**
 * w(s) π(a|s) (x(s, a) − m(s)) at s·A + a, where m(s) is the mean of x under π: the gradient by the logits of
 * Σₛ w(s) Σₐ π(a|s) x(s, a), with w and x held fixed. Means that are known already, as V is that of Q, need not be computed again.
 */
export function slopesByLogit({
  weights,
  policy,
  of,
  means = meansUnder(policy, of, weights.length),
}: {
  readonly weights: Float64Array;
  readonly policy: PolicyTable;
  readonly of: Float64Array;
  readonly means?: Float64Array;
}): Float64Array {
  const actions = of.length / weights.length;
  return of.map((value, pair) => {
    const s = Math.floor(pair / actions);
    return weights[s] * policy[pair] * (value - means[s]);
  });
}
