/** A policy whose logits (discrete actions) or means (continuous ones) come from a network of fully connected layers. */

import { categorical, gaussian } from "../distributions/index.js";
import { ConfigError } from "../errors.js";
import { type Initialiser, mlp } from "../nn/index.js";
import type { Generator } from "../random/generator.js";
import { type Box, type Discrete, flatSize, flattenInto, type Space } from "../spaces/index.js";
import { type Activation, full, noGrad, parameter, type Tensor } from "../tensor/index.js";
import type { ActionDistribution, Head, Policy } from "./policy.js";

/** What `mlpPolicy` is given. */
export interface MlpPolicyOptions {
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  readonly hidden: readonly number[];
  readonly activation: Activation;
  /** For the initial weights. */
  readonly rng: Generator;
  readonly hiddenInit?: Initialiser;
  readonly outputInit?: Initialiser;
  readonly bias?: "zero" | "uniform";
  /** ln σ that a Gaussian policy starts with. */
  readonly logStd?: number;
}

/** Categorical over a `Discrete` action space, Gaussian with a state-independent ln σ over a `Box`. */
export function mlpPolicy(options: MlpPolicyOptions): Policy {
  const { observationSpace, actionSpace } = options;
  const head = headFor(actionSpace, options.logStd ?? 0);
  const outputs = head.kind === "categorical" ? (actionSpace as Discrete).n : head.low.length;
  const network = mlp({ ...options, sizes: [flatSize(observationSpace), ...options.hidden, outputs], name: "policy" });
  const own = options.rng.spawn(1)[0];

  const outputOf = (observation: unknown): Tensor => {
    const features = new Float32Array(flatSize(observationSpace));
    flattenInto(observationSpace, observation, features);
    return network.forward(features);
  };

  return {
    observationSpace,
    actionSpace,
    layers: network.layers,
    head,
    parameters: () => (head.kind === "gaussian" ? [...network.parameters(), head.logStd] : network.parameters()),
    act: (observation, { deterministic = false, rng = own } = {}) =>
      noGrad(() => {
        const output = outputOf(observation);
        if (head.kind === "categorical") {
          const pi = categorical(output);
          return head.start + (deterministic ? pi.mode() : pi.sample(rng));
        }
        const pi = gaussian(output, head.logStd);
        return within(head, deterministic ? pi.mode() : pi.sample(rng));
      }),
    distribution: (features, trace) => distributionOf(network.forward(features, trace), head),
  };
}

/** The distribution that a head makes of a network's outputs. */
function distributionOf(outputs: Tensor, head: Head): ActionDistribution {
  return head.kind === "categorical" ? categorical(outputs) : gaussian(outputs, head.logStd);
}

function headFor(actionSpace: Space<unknown>, logStd: number): Head {
  if (actionSpace.kind === "discrete") return { kind: "categorical", start: (actionSpace as Discrete).start };
  if (actionSpace.kind === "box") {
    const { low, high } = actionSpace as Box;
    return { kind: "gaussian", logStd: parameter(full([low.length], logStd), "policy.logStd"), low, high };
  }
  throw new ConfigError({
    field: "actionSpace",
    given: String(actionSpace),
    allowed: "a Discrete or a Box action space",
  });
}

/** The action that the environment is given: what was drawn, kept inside the action space. */
function within({ low, high }: { low: Float32Array; high: Float32Array }, action: Float32Array): Float32Array {
  return action.map((value, i) => Math.min(high[i], Math.max(low[i], value)));
}
