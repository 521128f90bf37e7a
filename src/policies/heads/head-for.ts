/** Which head an action space calls for. */

import { ConfigError } from "../../errors.js";
import type { Box, Discrete, MultiBinary, MultiDiscrete, Space } from "../../spaces/index.js";
import { actionRange } from "./action-range.js";
import { bernoulliHead } from "./bernoulli-head.js";
import { categoricalHead } from "./categorical-head.js";
import { gaussianHead } from "./gaussian-head.js";
import type { Head } from "./head.js";
import { multiCategoricalHead } from "./multi-categorical-head.js";
import { squashedGaussianHead } from "./squashed-gaussian-head.js";
import { stateDependentHead } from "./state-dependent-head.js";

/** Choices about the head that the action space leaves open. */
export interface HeadOptions {
  /** ln σ that continuous actions start with; 0 unless given. */
  readonly logStd?: number;
  /** How the numbers of a `Box` are drawn: normal, through a tanh, or by noise that depends on the state. */
  readonly continuous?: "gaussian" | "squashed-gaussian" | "state-dependent";
  /** Steps that state-dependent noise lasts; 0: until the next update. */
  readonly noiseSteps?: number;
  /** Whether a bounded `Box` is reached from [-1, 1] by an affine map; true unless given. A squashed action always is. */
  readonly scaleActions?: boolean;
}

/**
 * Categorical for a `Discrete` action space, several choices for a `MultiDiscrete`, switches for a `MultiBinary`, and for a
 * `Box` what `continuous` says. `latentSize` is the width of what the network's last layer reads.
 *
 * @throws ConfigError for a `Tuple`, and for an unbounded `Box` that is to be squashed to its bounds
 */
export function headFor(
  actionSpace: Space<unknown>,
  { logStd = 0, continuous = "gaussian", noiseSteps = 0, scaleActions = true }: HeadOptions,
  latentSize: number,
): Head {
  switch (actionSpace.kind) {
    case "discrete":
      return categoricalHead(actionSpace as Discrete);
    case "multi-discrete":
      return multiCategoricalHead(actionSpace as MultiDiscrete);
    case "multi-binary":
      return bernoulliHead(actionSpace as MultiBinary);
    case "tuple":
      throw new ConfigError({ field: "actionSpace", given: String(actionSpace), allowed: "any space but Tuple" });
    case "box": {
      const range = actionRange(actionSpace as Box, scaleActions);
      if (continuous === "squashed-gaussian") return squashedGaussianHead(actionSpace as Box, logStd);
      if (continuous === "state-dependent") return stateDependentHead(range, { logStd, noiseSteps, latentSize });
      return gaussianHead(range, logStd);
    }
  }
}
