/** Which head an action space calls for. */

import { ConfigError } from "../../errors.js";
import type { Box, Discrete, Space } from "../../spaces/index.js";
import { type CategoricalHead, categoricalHead } from "./categorical-head.js";
import { type GaussianHead, gaussianHead } from "./gaussian-head.js";

/** Any head; `kind` tells which. */
export type Head = CategoricalHead | GaussianHead;

/** Choices about the head that the action space leaves open. */
export interface HeadOptions {
  /** ln σ that a Gaussian policy starts with; 0 unless given. */
  readonly logStd?: number;
  /** How the numbers of a `Box` are drawn: normal, through a tanh, or by noise that depends on the state. */
  readonly continuous?: "gaussian" | "squashed-gaussian" | "state-dependent";
  /** Steps that state-dependent noise lasts; 0: until the next update. */
  readonly noiseSteps?: number;
}

/** Categorical for a `Discrete` action space, Gaussian with a state-independent ln σ for a `Box`. @throws ConfigError */
export function headFor(actionSpace: Space<unknown>, { logStd = 0 }: HeadOptions = {}): Head {
  switch (actionSpace.kind) {
    case "discrete":
      return categoricalHead(actionSpace as Discrete);
    case "box":
      return gaussianHead(actionSpace as Box, logStd);
    default:
      throw new ConfigError({
        field: "actionSpace",
        given: String(actionSpace),
        allowed: "a Discrete or a Box action space",
      });
  }
}
