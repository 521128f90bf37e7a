/** A policy in a world, with the exact quantities that its estimators are compared with. */

import { ConfigError } from "../errors.js";
import { evaluatePolicy } from "../tabular/evaluate.js";
import { objective, slopesByLogit, visitation } from "../tabular/gradient.js";
import { type Mdp, mdpOf } from "../tabular/mdp.js";
import { softmaxPolicy } from "../tabular/policies.js";
import { checkFields, checkWorld } from "./checks.js";
import { logitTable, type Parametrisation } from "./parametrisation.js";
import type { World } from "./world.js";

/** All that is exact about a policy in a world. Gradients are in the policy's parameters. */
export interface Setting {
  readonly world: World;
  readonly parameters: Parametrisation;
  readonly mdp: Mdp;
  /** π(a|s) at s·A + a. */
  readonly policy: Float64Array;
  /** J(π), discounted. */
  readonly objective: number;
  /** V(s). */
  readonly values: Float64Array;
  /** V(s) + e(s), and 0 for states that are entered only by ending. */
  readonly wrongValues: Float64Array;
  /** 0 of each state. */
  readonly zeros: Float64Array;
  /** The policy that acts, if it is another one: batches are drawn from it. */
  readonly acting?: Setting | undefined;
  /** ∇J of the discounted objective. */
  readonly gradient: Float64Array;
  /** F = Σ d₁(s) π(a|s) A(s, a) ∇log π: the same without γᵗ. The gradient of no objective if γ < 1. */
  readonly field: Float64Array;
}

/** Remembers what is computed for a setting as long as the setting exists: some of it takes longer than most estimates. */
export function perSetting<T>(compute: (setting: Setting) => T): (setting: Setting) => T {
  const known = new WeakMap<Setting, { readonly result: T }>();
  return (setting) => {
    let entry = known.get(setting);
    if (entry === undefined) {
      entry = { result: compute(setting) };
      known.set(setting, entry);
    }
    return entry.result;
  };
}

/** Above it, squares of returns lose the digits in which estimators differ. */
const LARGEST_VALUE = 1e100;

/**
 * Solves a world for a policy: by default its own table of logits.
 *
 * @throws ConfigError if it is no world, the policy may never reach an end, or values are too large to be squared
 */
export function settingOf(world: World, parameters?: Parametrisation): Setting {
  checkWorld(world);
  if (parameters !== undefined)
    checkFields("parameters", parameters, ["size", "logits", "pulledBack"], "a policy, of policyFor() or logitTable()");
  return solvedSetting(world, parameters ?? logitTable(world.logits));
}

function solvedSetting(world: World, parameters: Parametrisation): Setting {
  const { gamma } = world;
  const mdp = mdpOf(world.table);
  const policy = softmaxPolicy(mdp, parameters.logits);
  const { values, actionValues } = evaluatePolicy(mdp, policy, { gamma });
  const large = values.find((value) => !(Math.abs(value) <= LARGEST_VALUE));
  if (large !== undefined)
    throw new ConfigError({ field: "rewards", given: large, allowed: "values of states within ±1e100" });
  const gradientFor = (visitGamma: number): Float64Array => {
    const visits = visitation(mdp, policy, { gamma: visitGamma });
    return parameters.pulledBack(slopesByLogit({ weights: visits, policy, of: actionValues, means: values }));
  };
  return {
    world,
    parameters,
    mdp,
    policy,
    values,
    zeros: values.map(() => 0),
    objective: objective(mdp, policy, { gamma }),
    wrongValues: values.map((value, s) => (mdp.terminal[s] === 1 ? 0 : value + world.criticError[s])),
    gradient: gradientFor(gamma),
    field: gradientFor(1),
  };
}
