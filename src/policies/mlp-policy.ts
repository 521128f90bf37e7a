/** A policy whose logits (discrete actions) or means (continuous ones) come from a network of fully connected layers. */

import { type Initialiser, mlp } from "../nn/index.js";
import type { Generator } from "../random/generator.js";
import { flatSize, type Space } from "../spaces/index.js";
import { type Activation, linear, network, type Tensor } from "../tensor/index.js";
import { decider } from "./decide.js";
import { type HeadOptions, headFor } from "./heads/head-for.js";
import { ObservationNormaliser } from "./observation-normaliser.js";
import type { Known, Policy } from "./policy.js";

/** What `mlpPolicy` is given. */
export interface MlpPolicyOptions extends HeadOptions {
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  readonly hidden: readonly number[];
  readonly activation: Activation;
  /** For the initial weights. */
  readonly rng: Generator;
  readonly hiddenInit?: Initialiser;
  readonly outputInit?: Initialiser;
  readonly bias?: "zero" | "uniform";
  /** Whether observations are normalised by their running mean and variance. */
  readonly normaliseObservations?: boolean;
}

/** A policy over any action space that there is a head for. @throws ConfigError for another */
export function mlpPolicy(options: MlpPolicyOptions): Policy {
  const { observationSpace, actionSpace } = options;
  const features = flatSize(observationSpace);
  const head = headFor(actionSpace, options, options.hidden.at(-1) ?? features);
  const { layers, parameters } = mlp({
    ...options,
    sizes: [features, ...options.hidden, head.outputs],
    name: "policy",
  });
  const own = options.rng.spawn(1)[0];
  const normaliser = options.normaliseObservations ? new ObservationNormaliser(features) : undefined;
  const inner = layers.slice(0, -1);
  const last = layers[inner.length];

  const latent = (rows: Tensor, { trace }: Known = {}): Tensor =>
    inner.length === 0 ? rows : network(rows, inner, trace);
  const distributionFrom: Policy["distributionFrom"] = (h, { trace, masks } = {}) =>
    head.distribution(linear(h, last.weights, last.bias, "none", trace?.[inner.length]), { latent: h, masks });

  const parts = { observationSpace, actionSpace, normaliser, layers, head };
  const decide = decider(parts);
  return {
    ...parts,
    parameters: () => [...parameters(), ...head.parameters],
    act: (observation, { rng = own, ...choice } = {}) => decide(observation, { ...choice, rng }),
    latent,
    distributionFrom,
    distribution: (rows, known) =>
      head.exploration === undefined
        ? head.distribution(network(rows, layers, known?.trace), { masks: known?.masks })
        : distributionFrom(latent(rows, known), known),
  };
}
