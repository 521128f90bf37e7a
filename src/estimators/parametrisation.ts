/** Policies of the lab: what the logits depend on, and how a gradient in logits becomes one in parameters. */

import { ConfigError } from "../errors.js";
import { sin, tanh } from "../kernels/maths.js";
import { checkFields, checkName, checkNumbers, checkText, checkWhole, checkWorld } from "./checks.js";
import type { World } from "./world.js";

/** A differentiable map from parameters to logits, at one point. */
export interface Parametrisation {
  readonly name: string;
  /** The number of parameters. */
  readonly size: number;
  /** Whether the parameters are the logits. */
  readonly isTable: boolean;
  /** S·A logits at these parameters. */
  readonly logits: Float64Array;
  /** Jᵀg for a gradient g in logits: the same gradient in parameters. It may return g itself. */
  pulledBack(gradient: Float64Array): Float64Array;
}

/** A table: each logit is a parameter. */
export function logitTable(logits: ArrayLike<number>, name = "table"): Parametrisation {
  checkNumbers("logits", logits);
  checkText("name", name);
  return {
    name,
    size: logits.length,
    isTable: true,
    logits: Float64Array.from(logits),
    pulledBack: (gradient) => gradient,
  };
}

/** One row of logits that all states share, as if the policy saw nothing: A parameters. */
export function sharedLogits(states: number, row: ArrayLike<number>): Parametrisation {
  checkWhole("states", states, 1);
  return repeatedLogits(logitTable(row, "shared"), states);
}

/** The same logits so many times one after the other, from the same parameters. */
export function repeatedLogits(parameters: Parametrisation, times: number): Parametrisation {
  const { logits } = parameters;
  return {
    ...parameters,
    isTable: false,
    logits: repeated(logits, times),
    pulledBack(gradient) {
      const sums = new Float64Array(logits.length);
      for (let i = 0; i < gradient.length; i++) sums[i % logits.length] += gradient[i];
      return parameters.pulledBack(sums);
    },
  };
}

/** The same numbers so many times one after the other. */
export function repeated(numbers: Float64Array, times: number): Float64Array {
  return Float64Array.from({ length: times * numbers.length }, (_, i) => numbers[i % numbers.length]);
}

/** The number of parameters of `tanhNetwork`. */
function networkSize({ states, actions }: { readonly states: number; readonly actions: number }, hidden: number) {
  return hidden * states + hidden + actions * hidden + actions;
}

/**
 * A network in float64: one-hot state → tanh layer → logits. Parameters are W₁ (hidden × S), b₁, W₂ (A × hidden), b₂, each
 * matrix row by row.
 *
 * @throws ConfigError if the number of parameters is not hidden·S + hidden + A·hidden + A
 */
export function tanhNetwork(
  table: { readonly states: number; readonly actions: number },
  hidden: number,
  parameters: ArrayLike<number>,
): Parametrisation {
  checkFields("table", table, ["states", "actions"], "a table, or its number of states and actions");
  checkWhole("hidden", hidden, 1);
  const { states, actions } = table;
  const size = networkSize(table, hidden);
  checkNumbers("parameters", parameters);
  if (parameters.length !== size)
    throw new ConfigError({ field: "parameters", given: parameters.length, allowed: `${size} numbers` });
  const b1 = hidden * states;
  const W2 = b1 + hidden;
  const b2 = W2 + actions * hidden;
  const units = Float64Array.from({ length: states * hidden }, (_, i) => {
    const state = Math.floor(i / hidden);
    const unit = i % hidden;
    return tanh(parameters[unit * states + state] + parameters[b1 + unit]);
  });
  const logits = Float64Array.from({ length: states * actions }, (_, i) => {
    const state = Math.floor(i / actions);
    const action = i % actions;
    let logit = parameters[b2 + action];
    for (let h = 0; h < hidden; h++) logit += parameters[W2 + action * hidden + h] * units[state * hidden + h];
    return logit;
  });
  return {
    name: "network",
    size,
    isTable: false,
    logits,
    pulledBack(gradient) {
      const pulled = new Float64Array(size);
      for (let pair = 0; pair < gradient.length; pair++) {
        const slope = gradient[pair];
        if (slope === 0) continue;
        const state = Math.floor(pair / actions);
        const action = pair % actions;
        pulled[b2 + action] += slope;
        for (let h = 0; h < hidden; h++) {
          const unit = units[state * hidden + h];
          const below = slope * parameters[W2 + action * hidden + h] * (1 - unit * unit);
          pulled[W2 + action * hidden + h] += slope * unit;
          pulled[b1 + h] += below;
          pulled[h * states + state] += below;
        }
      }
      return pulled;
    },
  };
}

/** The names of `policyFor`. */
export const POLICY_NAMES = ["own", "uniform", "peaked", "shared", "network"] as const;
/** A name that `policyFor` knows. */
export type PolicyName = (typeof POLICY_NAMES)[number];

/**
 * A policy for a world: its own logits, equal ones, its own times 6, those of state 0 in all states, or a network of three
 * tanh units.
 *
 * @throws ConfigError for another name, with the nearest known one
 */
export function policyFor(world: World, name: PolicyName): Parametrisation {
  checkWorld(world);
  checkName("policy", name, POLICY_NAMES);
  const { table, logits } = world;
  switch (name) {
    case "own":
      return logitTable(logits, name);
    case "uniform":
      return logitTable(new Float64Array(logits.length), name);
    case "peaked":
      return logitTable(
        logits.map((logit) => 6 * logit),
        name,
      );
    case "shared":
      return sharedLogits(table.states, logits.subarray(0, table.actions));
    case "network": {
      const hidden = 3;
      return tanhNetwork(
        table,
        hidden,
        Float64Array.from({ length: networkSize(table, hidden) }, (_, k) => 0.5 * sin(1.7 * (k + 1))),
      );
    }
  }
}
