/** The worlds and estimators of the room: those of the lab, and GAE with a wrong critic for several λ. */

import { ESTIMATORS, type Estimator, worlds } from "ascent/estimators";
import type { Menu } from "../protocol.js";

const byLambda = [0, 0.5, 0.8, 0.95, 1].map(
  (lambda): Estimator => ({
    name: `λ = ${lambda}`,
    summary: `GAE(${lambda}) with V + e`,
    algorithm: "vpg",
    options: { lambda, normaliseAdvantages: false },
    critic: "wrong",
    per: "episode",
  }),
);

const all: readonly Estimator[] = [...ESTIMATORS, ...byLambda];

export function menu(): Menu {
  return {
    worlds: worlds().map(({ name, summary }) => ({ name, summary })),
    estimators: all.map(({ name, summary }) => ({ name, summary })),
  };
}

/** The estimators of these names, in the order in which they are asked for. */
export function estimatorsNamed(names: readonly string[]): Estimator[] {
  return names.map((name) => {
    const found = all.find((estimator) => estimator.name === name);
    if (found === undefined) throw new Error(`There is no estimator ${name}.`);
    return found;
  });
}
