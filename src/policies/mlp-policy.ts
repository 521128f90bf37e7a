/** A policy whose logits (discrete actions) or means (continuous ones) come from a network of fully connected layers. */

import { ConfigError } from "../errors.js";
import { f32 } from "../kernels/memory.js";
import { type Initialiser, type Mlp, mlp } from "../nn/index.js";
import type { Generator } from "../random/generator.js";
import { flatSize, flattenInto, type Space } from "../spaces/index.js";
import { type Activation, linear, noGrad, Tensor } from "../tensor/index.js";
import { at as address } from "../tensor/tensor.js";
import type { Place } from "./heads/head.js";
import { type Head, type HeadOptions, headFor } from "./heads/head-for.js";
import { ObservationNormaliser } from "./observation-normaliser.js";
import type { Action, Known, Policy } from "./policy.js";

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
  const network = mlp({ ...options, sizes: [features, ...options.hidden, head.outputs], name: "policy" });
  const own = options.rng.spawn(1)[0];
  const normaliser = options.normaliseObservations ? new ObservationNormaliser(features) : undefined;
  const inner = network.layers.slice(0, -1);
  const last = network.layers[inner.length];

  const latent = (rows: Tensor, { trace }: Known = {}): Tensor =>
    inner.reduce((h, layer, i) => linear(h, layer.weights, layer.bias, layer.activation, trace?.[i]), rows);
  const distributionFrom: Policy["distributionFrom"] = (h, { trace, masks } = {}) =>
    head.distribution(linear(h, last.weights, last.bias, "none", trace?.[inner.length]), { latent: h, masks });

  return {
    observationSpace,
    actionSpace,
    normaliser,
    layers: network.layers,
    head,
    parameters: () => [...network.parameters(), ...head.parameters],
    act: (observation, { deterministic = false, rng = own, mask } = {}) =>
      noGrad(() => {
        const row = new Tensor([1, features]);
        const numbers = new Float32Array(features);
        flattenInto(observationSpace, observation, numbers);
        row.set(numbers);
        normaliser?.apply(address(row) >>> 2, 1);
        return chosen(row, network, head, { deterministic, rng, mask, kind: actionSpace.kind });
      }),
    latent,
    distributionFrom,
    distribution: (rows, known) => distributionFrom(latent(rows, known), known),
  };
}

/** One forward pass, one action. */
function chosen(
  row: Tensor,
  { layers }: Mlp,
  head: Head,
  options: { deterministic: boolean; rng: Generator; mask: ArrayLike<number> | undefined; kind: string },
): Action {
  const outputs = [row];
  for (const { weights, bias, activation } of layers)
    outputs.push(linear(outputs[outputs.length - 1], weights, bias, activation));
  const { dtype, shape } = head.action;
  // Noise of its own: what a run in progress explores with is not disturbed by a question in between.
  const exploration = options.deterministic ? undefined : head.exploration?.(1);
  exploration?.begin(0, options.rng);
  const [stored, logProb, mask] = [new Tensor([1, ...shape], dtype), new Tensor([1]), maskOf(head, options.mask)];
  const place: Place = {
    output: address(outputs[layers.length]),
    latent: address(outputs[layers.length - 1]),
    mask: mask === undefined ? 0 : address(mask),
    action: address(stored),
    logProb: address(logProb),
    noise: exploration?.at(0) ?? 0,
  };
  if (options.deterministic) head.mode(place);
  else head.draw(place, options.rng);
  const given = dtype === "int32" ? new Int32Array(stored.size) : new Float32Array(stored.size);
  head.give(address(stored), given, 0);
  if (options.kind === "multi-binary") return Int8Array.from(given);
  return shape.length === 0 ? given[0] : given;
}

function maskOf(head: Head, mask: ArrayLike<number> | undefined): Tensor | undefined {
  if (mask === undefined) return undefined;
  if (head.kind !== "categorical" && head.kind !== "multi-categorical")
    throw new ConfigError({ field: "mask", given: mask, allowed: "none: only choices among actions can be masked" });
  if (mask.length !== head.outputs)
    throw new ConfigError({ field: "mask", given: mask, allowed: `${head.outputs} entries, one an action` });
  const tensor = new Tensor([1, head.outputs]);
  for (let j = 0; j < mask.length; j++) f32[(address(tensor) >>> 2) + j] = mask[j] === 0 ? 0 : 1;
  return tensor;
}
