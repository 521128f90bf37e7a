/** The implementation of `policy.act`: one observation in, one action out. */

import { ConfigError } from "../errors.js";
import { f32 } from "../kernels/memory.js";
import { flatSize, flattenInto } from "../spaces/index.js";
import { Tensor } from "../tensor/index.js";
import { sizeOf } from "../tensor/shape.js";
import { at } from "../tensor/tensor.js";
import type { Action, ActOptions, Policy } from "./policy.js";
import { type ActingColumns, RowActor } from "./row-actor.js";

/** Makes `policy.act`. It allocates its columns of one row once. */
export function decider(
  policy: Policy,
): (observation: unknown, options: ActOptions & Required<Pick<ActOptions, "rng">>) => Action {
  const { observationSpace, actionSpace, head, memory } = policy;
  const { dtype, shape } = head.action;
  const actor = new RowActor(policy);
  const numbers = new Float32Array(flatSize(observationSpace));
  const size = sizeOf(shape);
  const masks = new Tensor([1, head.outputs]);
  const columns: ActingColumns = {
    features: new Tensor([1, numbers.length]),
    masks: undefined,
    memory: memory && new Tensor([1, memory.size]),
    layers: actor.widths.map((width) => new Tensor([1, width])),
    actions: new Tensor([1, size], dtype),
    logProbs: new Tensor([1, 1]),
  };
  const masked: ActingColumns = { ...columns, masks };
  const carried = memory && new Tensor([1, memory.size]);

  return (observation, { deterministic = false, rng, mask, memory: remembered }) => {
    flattenInto(observationSpace, observation, numbers);
    if (mask !== undefined) readMask(policy, mask, masks);
    if (carried !== undefined) carried.set(requireMemory(remembered, carried.size));
    // Separate noise, so that calls between updates do not disturb the exploration of a run.
    const exploration = deterministic ? undefined : head.exploration?.(1);
    exploration?.begin(0, rng);
    const first = at(columns.features) >>> 2;
    for (let j = 0; j < numbers.length; j++) f32[first + j] = numbers[j];
    const given = dtype === "int32" ? new Int32Array(size) : new Float32Array(size);
    const choice = { rng, deterministic, memory: carried, exploration };
    actor.act(mask === undefined ? columns : masked, 0, 1, choice, given);
    if (carried !== undefined) remembered?.set(carried.toArray());
    if (actionSpace.kind === "multi-binary") return Int8Array.from(given);
    return shape.length === 0 ? given[0] : given;
  };
}

function requireMemory(given: Float32Array | undefined, size: number): Float32Array {
  if (given instanceof Float32Array && given.length === size) return given;
  const allowed = `a Float32Array of ${size} that is kept for an episode; policy.initialMemory() makes one for its start`;
  throw new ConfigError({ field: "memory", given, allowed });
}

function readMask({ head }: Policy, given: ArrayLike<number>, mask: Tensor): void {
  if (!head.maskable)
    throw new ConfigError({ field: "mask", given, allowed: "none: only choices among actions can be masked" });
  if (given.length !== head.outputs)
    throw new ConfigError({ field: "mask", given, allowed: `${head.outputs} entries, one an action` });
  const place = at(mask) >>> 2;
  for (let j = 0; j < given.length; j++) f32[place + j] = given[j] === 0 ? 0 : 1;
}
