/** Makes decisions with a policy: one or several observations in, an action for each out. */

import { ConfigError } from "../errors.js";
import { f32 } from "../kernels/memory.js";
import type { Generator } from "../random/generator.js";
import { type ActionMask, flatSize } from "../spaces/index.js";
import { type MaskReader, maskReader } from "../spaces/mask.js";
import { Tensor } from "../tensor/index.js";
import { sizeOf } from "../tensor/shape.js";
import { at } from "../tensor/tensor.js";
import type { Exploration } from "./heads/head.js";
import { writeObservation } from "./observed.js";
import type { ActingParts, Action } from "./policy.js";
import { type ActingColumns, type Choice, RowActor } from "./row-actor.js";

/** One decision to make. */
export interface Turn {
  readonly observation: unknown;
  readonly mask: ActionMask | undefined;
  /** The memory of a recurrent policy, which the decision overwrites. */
  readonly memory: Float32Array | undefined;
  readonly rng: Generator;
}

/** Decides for up to `rows` observations at once. Each gets the action that it would get alone, with the same bits. */
export class Decider {
  private readonly policy: ActingParts;
  private readonly actor: RowActor;
  private readonly masks: MaskReader | undefined;
  private readonly plain: ActingColumns;
  private readonly masked: ActingColumns;
  private readonly carried: Tensor | undefined;
  /** Noise of its own for each row, so that decisions do not disturb the exploration of a run. */
  private readonly explorations: readonly Exploration[];
  private readonly noise: Choice["exploration"];
  private readonly width: number;
  private readonly actions: Int32Array | Float32Array;

  constructor(policy: ActingParts, rows: number) {
    const { observationSpace, actionSpace, head, memory } = policy;
    const { dtype, shape } = head.action;
    this.policy = policy;
    this.actor = new RowActor(policy);
    this.width = sizeOf(shape);
    this.plain = {
      features: new Tensor([rows, flatSize(observationSpace)]),
      masks: undefined,
      memory: memory && new Tensor([rows, memory.size]),
      layers: this.actor.widths.map((width) => new Tensor([rows, width])),
      actions: new Tensor([rows, this.width], dtype),
      logProbs: new Tensor([rows, 1]),
    };
    this.masks = head.maskable ? maskReader(actionSpace) : undefined;
    this.masked = { ...this.plain, masks: this.masks && new Tensor([rows, this.masks.size]) };
    this.carried = memory && new Tensor([rows, memory.size]);
    const { exploration } = head;
    this.explorations = exploration === undefined ? [] : Array.from({ length: rows }, () => exploration.call(head, 1));
    this.noise = exploration && { at: (i) => this.explorations[i].at(0) };
    this.actions = dtype === "int32" ? new Int32Array(rows * this.width) : new Float32Array(rows * this.width);
  }

  /**
   * Decides; `action` returns the results. Either all turns have a mask or none has.
   *
   * @throws ConfigError for an observation, mask or memory that does not fit, for a mask that only some turns have, and if
   * the network gives NaN or infinity
   */
  decide(turns: readonly Turn[], deterministic: boolean): void {
    const { carried, noise, explorations } = this;
    const masked = turns[0].mask !== undefined;
    for (let i = 0; i < turns.length; i++) this.read(i, turns[i], masked);
    const exploration = deterministic ? undefined : noise;
    if (exploration !== undefined) turns.forEach(({ rng }, i) => void explorations[i].begin(0, rng));
    const rng = turns.length === 1 ? turns[0].rng : (i: number): Generator => turns[i].rng;
    const choice = { rng, deterministic, memory: carried, exploration };
    this.actor.act(masked ? this.masked : this.plain, 0, turns.length, choice, this.actions);
    this.requireFinite(turns.length);
    if (carried === undefined) return;
    const kept = carried.toArray();
    const size = carried.shape[1];
    turns.forEach(({ memory }, i) => void memory?.set(kept.subarray(i * size, (i + 1) * size)));
  }

  /** The action of turn `i`. */
  action(i: number): Action {
    const { actions, width, policy } = this;
    if (policy.head.action.shape.length === 0) return actions[i];
    const own = actions.slice(i * width, (i + 1) * width);
    return policy.actionSpace.kind === "multi-binary" ? Int8Array.from(own) : own;
  }

  private read(i: number, { observation, mask, memory }: Turn, masked: boolean): void {
    const { policy, carried } = this;
    const { features } = this.plain;
    writeObservation(policy.observationSpace, observation, f32, (at(features) >>> 2) + i * features.shape[1]);
    if (masked) this.readMask(i, mask);
    else if (mask !== undefined) {
      const allowed = "one in every environment that is played in, or in none";
      throw new ConfigError({ field: "mask", given: mask, allowed });
    }
    if (carried !== undefined) {
      const size = carried.shape[1];
      f32.set(requireMemory(memory, size), (at(carried) >>> 2) + i * size);
    }
  }

  private readMask(i: number, mask: unknown): void {
    const { masks: reader, masked } = this;
    if (reader === undefined || masked.masks === undefined)
      throw new ConfigError({ field: "mask", given: mask, allowed: "none: only choices among actions can be masked" });
    const fault = reader.read(mask, f32, (at(masked.masks) >>> 2) + i * reader.size);
    if (fault !== undefined)
      throw new ConfigError({ field: `mask${fault.place}`, given: fault.given, allowed: fault.allowed });
  }

  /** Checks the network's outputs. */
  private requireFinite(count: number): void {
    const { layers } = this.plain;
    const outputs = layers[layers.length - 1];
    const start = at(outputs) >>> 2;
    const end = start + count * outputs.shape[1];
    let off = 0;
    for (let k = start; k < end; k++) off += f32[k] - f32[k];
    if (off === 0) return;
    const allowed = "finite outputs: a weight is NaN or infinite, or the observation is too large";
    throw new ConfigError({ field: "policy.act", given: f32.slice(start, end), allowed });
  }
}

function requireMemory(given: unknown, size: number): Float32Array {
  if (given instanceof Float32Array && given.length === size) return given;
  const allowed = `a Float32Array of ${size} that is kept for an episode; policy.initialMemory() makes one for its start`;
  throw new ConfigError({ field: "memory", given, allowed });
}
