/** What turns a network's outputs into an action, for each kind of action space. */

import { ConfigError } from "../errors.js";
import type { PolicyArchitecture } from "../policies/architecture.js";
import { actionRange } from "../policies/heads/action-range.js";
import type { Action } from "../policies/policy.js";
import type { Box, Discrete, MultiBinary, MultiDiscrete, Space } from "../spaces/index.js";
import { choose, flip, forced, masked, type Uniform } from "./choices.js";
import { exp, tanh } from "./float32.js";
import { standardNormal } from "./normal.js";

/** What an action is chosen from. Without `random`, it is the likeliest one. */
export interface Choice {
  readonly outputs: Float32Array;
  /** The last hidden layer, or the network's inputs if there is none. */
  readonly latent: Float32Array;
  /** Zeros and ones that fit the action space. */
  readonly mask: Uint8Array | undefined;
  readonly random: Uniform | undefined;
}

export interface PlainHead {
  /** How many outputs of the network it reads. */
  readonly outputs: number;
  /** The shape of ln σ, for continuous actions. */
  readonly logStd?: readonly number[];
  choose(choice: Choice, logStd: Float32Array): Action;
}

/** The head of a saved policy. `latentSize` is the width of the last hidden layer. @throws ConfigError for a `Tuple` or a `Dict` */
export function plainHead(space: Space<unknown>, head: PolicyArchitecture["head"], latentSize: number): PlainHead {
  switch (space.kind) {
    case "discrete":
      return oneChoice(space as Discrete);
    case "multi-discrete":
      return choices(space as MultiDiscrete);
    case "multi-binary":
      return switches(space as MultiBinary);
    case "box":
      return numbers(space as Box, head, latentSize);
    case "tuple":
    case "dict":
      throw new ConfigError({ field: "actionSpace", given: String(space), allowed: "any space but Tuple and Dict" });
  }
}

function oneChoice({ n, start }: Discrete): PlainHead {
  return { outputs: n, choose: ({ outputs, mask, random }) => start + choose(masked(outputs, mask), random) };
}

function choices({ nvec, start }: MultiDiscrete): PlainHead {
  return {
    outputs: nvec.reduce((total, n) => total + n, 0),
    choose({ outputs, mask, random }) {
      const logits = masked(outputs, mask);
      let end = 0;
      return Int32Array.from(nvec, (n, g) => {
        end += n;
        return start[g] + choose(logits.subarray(end - n, end), random);
      });
    },
  };
}

function switches({ n }: MultiBinary): PlainHead {
  return {
    outputs: n,
    choose: ({ outputs, mask, random }) => Int8Array.from(forced(outputs, mask), (logit) => flip(logit, random)),
  };
}

/** clip(middle + reach·a, low, high), with a = mean + std·ε, or its tanh. */
function numbers(space: Box, { continuous, scaleActions }: PolicyArchitecture["head"], latentSize: number): PlainHead {
  const squashes = continuous === "squashed-gaussian";
  const varies = continuous === "state-dependent";
  const { low, high, middle, reach } = actionRange(space, squashes || scaleActions);
  const d = low.length;
  const mapped = (a: number, j: number): number => {
    const reached = Math.fround(middle[j] + Math.fround(reach[j] * (squashes ? tanh(a) : a)));
    return Math.min(high[j], Math.max(low[j], reached));
  };
  return {
    outputs: d,
    logStd: varies ? [latentSize, d] : [d],
    choose({ outputs, latent, random }, logStd) {
      if (random === undefined) return outputs.map(mapped);
      const std = varies ? deviations(latent, logStd, d) : logStd.map(exp);
      return outputs.map((mean, j) => mean + std[j] * standardNormal(random)).map(mapped);
    },
  };
}

/** √(Σ_i (z_i σ_ij)²): the deviations of state-dependent noise, drawn anew in each step. */
function deviations(latent: Float32Array, logStd: Float32Array, d: number): Float32Array {
  const variance = new Float64Array(d);
  for (let i = 0, k = 0; i < latent.length; i++)
    for (let j = 0; j < d; j++, k++) variance[j] += (latent[i] * exp(logStd[k])) ** 2;
  return Float32Array.from(variance, Math.sqrt);
}
