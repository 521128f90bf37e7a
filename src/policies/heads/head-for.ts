/** Which head an action space calls for. */

import { ConfigError } from "../../errors.js";
import type { Box, Discrete, MultiBinary, MultiDiscrete, Space } from "../../spaces/index.js";
import { type BernoulliHead, bernoulliHead } from "./bernoulli-head.js";
import { type CategoricalHead, categoricalHead } from "./categorical-head.js";
import { type GaussianHead, gaussianHead } from "./gaussian-head.js";
import { type MultiCategoricalHead, multiCategoricalHead } from "./multi-categorical-head.js";
import { type SquashedGaussianHead, squashedGaussianHead } from "./squashed-gaussian-head.js";
import { type StateDependentHead, stateDependentHead } from "./state-dependent-head.js";

/** Any head; `kind` tells which. */
export type Head =
  | CategoricalHead
  | MultiCategoricalHead
  | BernoulliHead
  | GaussianHead
  | SquashedGaussianHead
  | StateDependentHead;

/** Choices about the head that the action space leaves open. */
export interface HeadOptions {
  /** ln σ that continuous actions start with; 0 unless given. */
  readonly logStd?: number;
  /** How the numbers of a `Box` are drawn: normal, through a tanh, or by noise that depends on the state. */
  readonly continuous?: "gaussian" | "squashed-gaussian" | "state-dependent";
  /** Steps that state-dependent noise lasts; 0: until the next update. */
  readonly noiseSteps?: number;
}

/**
 * Categorical for a `Discrete` action space, several of them for a `MultiDiscrete`, switches for a `MultiBinary`, and for a
 * `Box` what `continuous` says. `latentSize` is the width of what the network's last layer takes in.
 *
 * @throws ConfigError for a `Tuple`, and for an unbounded `Box` that is to be squashed to its bounds
 */
export function headFor(
  actionSpace: Space<unknown>,
  { logStd = 0, continuous = "gaussian", noiseSteps = 0 }: HeadOptions,
  latentSize: number,
): Head {
  switch (actionSpace.kind) {
    case "discrete":
      return categoricalHead(actionSpace as Discrete);
    case "multi-discrete":
      return multiCategoricalHead(actionSpace as MultiDiscrete);
    case "multi-binary":
      return bernoulliHead(actionSpace as MultiBinary);
    case "box":
      switch (continuous) {
        case "gaussian":
          return gaussianHead(actionSpace as Box, logStd);
        case "squashed-gaussian":
          return squashedGaussianHead(actionSpace as Box, logStd);
        case "state-dependent":
          return stateDependentHead(actionSpace as Box, { logStd, noiseSteps, latentSize });
      }
      break;
    case "tuple":
      throw new ConfigError({ field: "actionSpace", given: String(actionSpace), allowed: "any space but Tuple" });
  }
}
