/** Recorded acting without environments: a policy's row actor on the columns of a rollout buffer. */

import { f32 } from "../src/kernels/memory.js";
import type { Policy } from "../src/policies/policy.js";
import { RowActor } from "../src/policies/row-actor.js";
import type { ForwardCache } from "../src/policies/rows.js";
import type { Generator } from "../src/random/index.js";
import { type BufferState, type OrderedColumns, RolloutBuffer } from "../src/rollout/buffer.js";
import { flatSize, flattenInto } from "../src/spaces/index.js";
import type { Layer, Tensor } from "../src/tensor/index.js";
import { at } from "../src/tensor/tensor.js";

type Actions = Int32Array | Float32Array;
type Saved = BufferState & { readonly exploration: Float32Array };

/** Returns actions for rows of observations, and records all columns. */
export interface Acting {
  readonly buffer: RolloutBuffer;
  act(features: Float32Array, rng: Generator, masks?: Uint8Array): Actions;
  take(): OrderedColumns & { readonly forwardCache: ForwardCache };
  snapshot(): Saved;
  restore(state: Saved): void;
}

/** Acts for `copies` environments whose policy has no memory. */
export function acting(policy: Policy, copies = 1, masked = false): Acting {
  const actor = new RowActor(policy);
  const buffer = new RolloutBuffer(policy, { copies, masked, widths: actor.widths });
  const exploration = policy.head.exploration?.(copies);
  const size = copies * policy.head.action.shape.reduce((product, length) => product * length, 1);
  return {
    buffer,
    act(features, rng, masks) {
      const step = buffer.steps;
      const first = buffer.extend();
      write(buffer.features, first, features);
      if (masks !== undefined && buffer.masks !== undefined) write(buffer.masks, first, masks);
      exploration?.begin(step, rng);
      const actions = policy.actionSpace.kind === "box" ? new Float32Array(size) : new Int32Array(size);
      actor.act(buffer, first, copies, { rng, deterministic: false, memory: undefined, exploration }, actions);
      return actions;
    },
    take() {
      const columns = buffer.take();
      const { forwardCache } = columns;
      if (forwardCache === undefined) throw new Error("nothing was kept of the forward passes");
      return { ...columns, forwardCache };
    },
    snapshot: () => ({ ...buffer.snapshot(), exploration: exploration?.snapshot() ?? new Float32Array() }),
    restore(state) {
      buffer.restore(state);
      exploration?.restore(state.exploration);
      actor.refill(buffer, buffer.steps * copies);
    },
  };
}

/** Acts for a single environment, one observation at a time. */
export function alone(
  policy: Policy,
): Omit<Acting, "act"> & { act(observation: unknown, rng: Generator): number | Actions } {
  const one = acting(policy);
  const features = new Float32Array(flatSize(policy.observationSpace));
  return {
    ...one,
    act(observation, rng) {
      flattenInto(policy.observationSpace, observation, features);
      const actions = one.act(features, rng);
      return policy.actionSpace.kind === "discrete" ? actions[0] : actions;
    },
  };
}

/** The layers of a policy's network, which it describes. */
export function layersOf(policy: Policy): readonly Layer[] {
  const description = policy.describe();
  if (description === undefined) throw new Error("this policy does not describe its layers");
  return description.layers;
}

function write(column: Tensor, row: number, numbers: Float32Array | Uint8Array): void {
  f32.set(numbers, (at(column) >>> 2) + row * column.shape[1]);
}
