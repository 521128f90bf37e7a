/** One observation, one action: what `policy.act` does, on rows of memory that are made once. */

import { ConfigError } from "../errors.js";
import { f32 } from "../kernels/memory.js";
import { flatSize, flattenInto } from "../spaces/index.js";
import { Tensor } from "../tensor/index.js";
import { at } from "../tensor/tensor.js";
import { forwardRows } from "./forward.js";
import type { Head } from "./heads/head-for.js";
import type { Action, ActOptions, Policy } from "./policy.js";

type Deciding = Pick<Policy, "observationSpace" | "actionSpace" | "normaliser" | "layers" | "head">;

/** The likeliest action or a random one, for observations as they come. @throws ConfigError for what does not fit */
export function decider({
  observationSpace,
  actionSpace,
  normaliser,
  layers,
  head,
}: Deciding): (observation: unknown, options: ActOptions & Required<Pick<ActOptions, "rng">>) => Action {
  const { dtype, shape } = head.action;
  const numbers = new Float32Array(flatSize(observationSpace));
  const features = new Tensor([1, numbers.length]);
  const outputs = layers.map(({ bias }) => new Tensor([1, bias.size]));
  const [stored, logProb, mask] = [new Tensor([1, ...shape], dtype), new Tensor([1]), new Tensor([1, head.outputs])];
  const place = { output: 0, latent: 0, mask: 0, action: 0, logProb: 0, noise: 0 };

  return (observation, { deterministic = false, rng, mask: allowed }) => {
    flattenInto(observationSpace, observation, numbers);
    if (allowed !== undefined) readMask(head, allowed, mask);
    // Noise of its own: what a run in progress explores with is not disturbed by a question in between.
    const exploration = deterministic ? undefined : head.exploration?.(1);
    exploration?.begin(0, rng);

    const first = at(features) >>> 2;
    for (let j = 0; j < numbers.length; j++) f32[first + j] = numbers[j];
    normaliser?.apply(first, 1);
    forwardRows(layers, features, outputs, 0, 1);
    place.output = at(outputs[outputs.length - 1]);
    place.latent = at(outputs.length > 1 ? outputs[outputs.length - 2] : features);
    place.mask = allowed === undefined ? 0 : at(mask);
    place.action = at(stored);
    place.logProb = at(logProb);
    place.noise = exploration?.at(0) ?? 0;
    if (deterministic) head.mode(place);
    else head.draw(place, rng);

    const given = dtype === "int32" ? new Int32Array(stored.size) : new Float32Array(stored.size);
    head.give(place.action, given, 0);
    if (actionSpace.kind === "multi-binary") return Int8Array.from(given);
    return shape.length === 0 ? given[0] : given;
  };
}

function readMask(head: Head, given: ArrayLike<number>, mask: Tensor): void {
  if (head.kind !== "categorical" && head.kind !== "multi-categorical")
    throw new ConfigError({ field: "mask", given, allowed: "none: only choices among actions can be masked" });
  if (given.length !== head.outputs)
    throw new ConfigError({ field: "mask", given, allowed: `${head.outputs} entries, one an action` });
  const place = at(mask) >>> 2;
  for (let j = 0; j < given.length; j++) f32[place + j] = given[j] === 0 ? 0 : 1;
}
