/** Policies whose logits (discrete actions) or means (continuous ones) come from fully connected layers. */

import { type Initialiser, mlp } from "../nn/index.js";
import type { Generator } from "../random/generator.js";
import { flatSize, type Space } from "../spaces/index.js";
import type { Activation, Layer } from "../tensor/index.js";
import { gruMemory } from "./gru-memory.js";
import { type HeadOptions, headFor } from "./heads/head-for.js";
import type { Memory } from "./memory.js";
import { mlpNetwork } from "./mlp-network.js";
import type { Policy } from "./policy.js";
import { policyOf } from "./policy-of.js";

/**
 * Makes the first layers of a network; the layers described by the options follow. It is called once for the policy and
 * once for the value function, each time with a different `name` for the weights.
 */
export type FeatureLayers = (context: {
  readonly observationSpace: Space<unknown>;
  /** The width of a row: the size of an observation, or of the memory. */
  readonly inputs: number;
  readonly rng: Generator;
  readonly name: string;
}) => readonly Layer[];

/** The layers of a network and their initial weights. */
export interface LayerOptions {
  readonly hidden: readonly number[];
  readonly activation: Activation;
  /** For the initial weights. */
  readonly rng: Generator;
  readonly hiddenInit?: Initialiser;
  readonly outputInit?: Initialiser;
  readonly bias?: "zero" | "uniform";
  /** Your own layers, placed before the hidden ones. */
  readonly features?: FeatureLayers | undefined;
}

/** The options of `mlpPolicy`. */
export interface MlpPolicyOptions extends HeadOptions, LayerOptions {
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  /** Whether observations are normalised by their running mean and variance. */
  readonly normaliseObservations?: boolean;
}

/** A policy of fully connected layers. @throws ConfigError if no head supports the action space */
export function mlpPolicy(options: MlpPolicyOptions): Policy {
  return assembled(options, undefined);
}

/** A policy of fully connected layers that read a gated recurrent unit with `memory` numbers. */
export function gruPolicy(options: MlpPolicyOptions & { readonly memory: number }): Policy {
  const inputs = flatSize(options.observationSpace);
  return assembled(options, gruMemory({ inputs, size: options.memory, rng: options.rng }));
}

function assembled(options: MlpPolicyOptions, memory: Memory | undefined): Policy {
  const { observationSpace, actionSpace, normaliseObservations } = options;
  const inputs = memory?.size ?? flatSize(observationSpace);
  const first = firstLayers(options, observationSpace, inputs, "policy");
  const width = first.at(-1)?.bias.size ?? inputs;
  const head = headFor(actionSpace, options, options.hidden.at(-1) ?? width);
  const { layers } = mlp({ ...options, sizes: [width, ...options.hidden, head.outputs], name: "policy" });
  const rng = options.rng.spawn(1)[0];
  const network = mlpNetwork([...first, ...layers]);
  return policyOf({ observationSpace, actionSpace, network, head, memory, normaliseObservations, rng });
}

/** The caller's own first layers, or none. */
export function firstLayers(
  { features, rng }: LayerOptions,
  observationSpace: Space<unknown>,
  inputs: number,
  name: string,
): readonly Layer[] {
  return features?.({ observationSpace, inputs, rng, name: `${name}.features` }) ?? [];
}
