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
 * Makes the first layers of a network, from the observations on; those of the options follow. It is called once for the
 * policy and once for the value function, each time with another `name` for the weights.
 */
export type FeatureLayers = (context: {
  readonly observationSpace: Space<unknown>;
  /** Numbers of a row: those of an observation, or of the memory. */
  readonly inputs: number;
  readonly rng: Generator;
  readonly name: string;
}) => readonly Layer[];

/** How the layers of a network begin. */
export interface LayerOptions {
  readonly hidden: readonly number[];
  readonly activation: Activation;
  /** For the initial weights. */
  readonly rng: Generator;
  readonly hiddenInit?: Initialiser;
  readonly outputInit?: Initialiser;
  readonly bias?: "zero" | "uniform";
  /** Layers of one's own before the hidden ones. */
  readonly features?: FeatureLayers | undefined;
}

/** What `mlpPolicy` is given. */
export interface MlpPolicyOptions extends HeadOptions, LayerOptions {
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  /** Whether observations are normalised by their running mean and variance. */
  readonly normaliseObservations?: boolean;
}

/** A policy over any action space that there is a head for. @throws ConfigError for another */
export function mlpPolicy(options: MlpPolicyOptions): Policy {
  return assembled(options, undefined);
}

/** The same behind a memory of `memory` numbers, a gated recurrent unit. */
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

/** Somebody's own layers, checked; none where there are none. */
export function firstLayers(
  { features, rng }: LayerOptions,
  observationSpace: Space<unknown>,
  inputs: number,
  name: string,
): readonly Layer[] {
  return features?.({ observationSpace, inputs, rng, name: `${name}.features` }) ?? [];
}
