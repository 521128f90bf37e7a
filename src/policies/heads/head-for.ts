/** Chooses the head for an action space. */

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

/** Options of a head that do not follow from the action space. */
export interface HeadOptions {
  /** The initial ln σ of continuous actions. Default: 0. */
  readonly logStd?: number;
  /** The distribution for a `Box`: normal, normal squashed by tanh, or normal with state-dependent noise. */
  readonly continuous?: "gaussian" | "squashed-gaussian" | "state-dependent";
  /** The number of steps for which state-dependent noise is kept. 0 means until the next update. */
  readonly noiseSteps?: number;
  /** Whether [-1, 1] is mapped to the bounds of a `Box`. Default: true. Squashed actions are always mapped. */
  readonly scaleActions?: boolean;
}

/**
 * A categorical head for `Discrete`, independent categorical choices for `MultiDiscrete`, independent switches for
 * `MultiBinary`, and the distribution chosen by `continuous` for `Box`. `latentSize` is the width of the last hidden layer.
 *
 * @throws ConfigError for a `Tuple`, a `Dict`, a `Discrete` whose values need more than 32 bits, and for squashed actions if the `Box` has no finite bounds
 */
export function headFor(
  actionSpace: Space<unknown>,
  { logStd = 0, continuous = "gaussian", noiseSteps = 0, scaleActions = true }: HeadOptions,
  latentSize: number,
): Head {
  switch (actionSpace.kind) {
    case "discrete":
      return categoricalHead(within32Bits(actionSpace as Discrete));
    case "multi-discrete":
      return multiCategoricalHead(actionSpace as MultiDiscrete);
    case "multi-binary":
      return bernoulliHead(actionSpace as MultiBinary);
    case "tuple":
    case "dict":
      throw new ConfigError({
        field: "actionSpace",
        given: String(actionSpace),
        allowed: "any space but Tuple and Dict",
      });
    case "box": {
      const range = actionRange(actionSpace as Box, scaleActions);
      if (continuous === "squashed-gaussian") return squashedGaussianHead(actionSpace as Box, logStd);
      if (continuous === "state-dependent") return stateDependentHead(range, { logStd, noiseSteps, latentSize });
      return gaussianHead(range, logStd);
    }
  }
}

/** Actions pass through arrays of int32, which would cut off larger numbers. */
function within32Bits(space: Discrete): Discrete {
  const { n, start } = space;
  if ((start | 0) === start && ((start + n - 1) | 0) === start + n - 1) return space;
  const allowed = "actions from -2147483648 to 2147483647; keep `start` small and add the rest in the environment";
  throw new ConfigError({ field: "actionSpace", given: String(space), allowed });
}
