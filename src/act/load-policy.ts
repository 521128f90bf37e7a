/** A saved policy that only acts: plain JavaScript, without the kernels, automatic differentiation or environments. */

import { ConfigError } from "../errors.js";
import { CorruptFileError, type NamedArray } from "../formats/safetensors.js";
import { requireKnown } from "../options.js";
import type { PolicyArchitecture } from "../policies/architecture.js";
import { writeObservation } from "../policies/observed.js";
import type { Action } from "../policies/policy.js";
import { requireRoom } from "../policies/require-room.js";
import { CLIP, EPSILON } from "../running-moments.js";
import { type ActionMask, flatSize, type Space, spaceFrom } from "../spaces/index.js";
import { maskReader } from "../spaces/mask.js";
import { arrayNamed, decodeCheckpoint } from "../training/checkpoint.js";
import { describedPolicy } from "../training/described-policy.js";
import { requireBytes } from "../training/require-bytes.js";
import type { ResolvedConfig } from "../training/types.js";
import { roomOf, understood } from "../training/understood.js";
import type { Uniform } from "./choices.js";
import { plainHead } from "./head.js";
import { linear, type PlainLayer, type PlainMemory, remember } from "./layers.js";

/** Which actions are allowed now. */
export type Mask = ActionMask;

/** The options of `act`: one of `deterministic` and `random` is needed. */
export interface ActingOptions {
  /** Take the most likely action instead of drawing one. */
  readonly deterministic?: boolean | undefined;
  /** Uniform numbers in [0, 1) to draw with, such as `Math.random`. */
  readonly random?: Uniform | undefined;
  /** One entry per action, 0 or false if it is not allowed now; for switches two each, off and on. */
  readonly mask?: Mask | undefined;
  /** The memory of a recurrent policy. Start each episode with `policy.initialMemory()`; `act` overwrites it. */
  readonly memory?: Float32Array | undefined;
}

/** The part of a policy that acts. */
export interface ActingPolicy {
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  /** An action within the action space. @throws ConfigError for an observation or an option that does not fit */
  act(observation: unknown, options: ActingOptions): Action;
  /** The memory at the start of an episode: zeros, or an empty array for a policy without memory. */
  initialMemory(): Float32Array;
}

type Arrays = ReadonlyMap<string, NamedArray>;

/**
 * Loads the policy in the bytes of `bestPolicy()`, `weights()` or `checkpoint()` to act. The likeliest action, and a
 * choice drawn with the same uniform number, are those of the policy that `ascent`'s own `loadPolicy` gives, bit by bit.
 *
 * @throws CorruptFileError if the bytes are not one of these
 * @throws ConfigError for anything but bytes, and if the policy has parts of its author's own
 */
export function loadPolicy(bytes: Uint8Array): { policy: ActingPolicy; config: ResolvedConfig } {
  requireBytes(bytes);
  const checkpoint = decodeCheckpoint(bytes);
  return understood(() => {
    const { config, architecture } = describedPolicy(checkpoint);
    return { policy: actingPolicy(architecture, checkpoint.arrays), config };
  });
}

function actingPolicy(architecture: PolicyArchitecture, arrays: Arrays): ActingPolicy {
  const observationSpace = spaceFrom(architecture.observationSpace);
  const actionSpace = spaceFrom(architecture.actionSpace);
  const size = flatSize(observationSpace);
  requireRoom(architecture, size, actionSpace, roomOf(arrays));
  const features = new Float32Array(size);
  const normalise = architecture.normaliseObservations ? readNormaliser(arrays, features.length) : undefined;
  const unit = architecture.memory > 0 ? readMemory(arrays, features.length, architecture.memory) : undefined;
  const layers = readLayers(architecture, arrays, unit?.next.length ?? features.length);
  const latentSize = layers.at(-2)?.bias.length ?? unit?.next.length ?? features.length;
  const head = plainHead(actionSpace, architecture.head, latentSize);
  const logStd = head.logStd === undefined ? new Float32Array(0) : floats(arrays, "policy.logStd", head.logStd);
  if (layers.at(-1)?.bias.length !== head.outputs)
    throw new CorruptFileError(`its network does not have the ${head.outputs} outputs of ${actionSpace}`);
  const readMask = maskOf(actionSpace);
  return {
    observationSpace,
    actionSpace,
    initialMemory: () => new Float32Array(unit?.next.length ?? 0),
    act(observation, options) {
      requireKnown(options, OPTIONS, "act");
      const { deterministic = false, random, memory } = options;
      const source = deterministic ? undefined : checkedSource(random);
      const mask = readMask(options.mask);
      writeObservation(observationSpace, observation, features, 0);
      normalise?.(features);
      const before = unit && requireMemory(memory, unit.next.length);
      const inputs = unit && before ? remember(features, before, unit) : features;
      const outputs = layers.reduce(linear, inputs);
      if (!outputs.every(Number.isFinite))
        throw new ConfigError({
          field: "observation",
          given: observation,
          allowed: "numbers small enough for finite outputs",
        });
      const latent = layers.at(-2)?.outputs ?? inputs;
      const action = head.choose({ outputs, latent, mask, random: source }, logStd);
      if (unit) before?.set(unit.next);
      return action;
    },
  };
}

const OPTIONS: readonly (keyof ActingOptions)[] = ["deterministic", "random", "mask", "memory"];

/** Reads masks for an action space as zeros and ones. */
function maskOf(space: Space<unknown>): (mask: unknown) => Uint8Array | undefined {
  const reader = maskReader(space);
  const room = new Uint8Array(reader?.size ?? 0);
  return (mask) => {
    if (mask === undefined) return undefined;
    const none = { place: "", given: mask, allowed: "none: only choices among actions can be masked" };
    const fault = reader === undefined ? none : reader.read(mask, room);
    if (fault === undefined) return room;
    throw new ConfigError({ field: `mask${fault.place}`, given: fault.given, allowed: fault.allowed });
  };
}

/** The source of uniform numbers, each of which is checked. */
function checkedSource(random: Uniform | undefined): Uniform {
  if (typeof random !== "function") {
    const allowed = "a function that gives uniform numbers, such as Math.random, or deterministic: true";
    throw new ConfigError({ field: "random", given: random, allowed });
  }
  return () => {
    const u = random();
    if (u >= 0 && u < 1) return u;
    throw new ConfigError({ field: "random()", given: u, allowed: "a number from 0 up to but excluding 1" });
  };
}

function requireMemory(given: Float32Array | undefined, size: number): Float32Array {
  if (given instanceof Float32Array && given.length === size) return given;
  const allowed = `a Float32Array of ${size} that is kept for an episode; policy.initialMemory() makes one for its start`;
  throw new ConfigError({ field: "memory", given, allowed });
}

function floats(arrays: Arrays, name: string, shape: readonly number[]): Float32Array {
  const { values } = arrayNamed(arrays, `weights.${name}`, shape);
  if (values instanceof Float32Array && values.every(Number.isFinite)) return values;
  throw new CorruptFileError(`${name} holds numbers that are not finite`);
}

function layerOf(
  arrays: Arrays,
  names: readonly [weights: string, bias: string],
  inputs: number,
  outputs: number,
): Omit<PlainLayer, "activation"> {
  return {
    weights: floats(arrays, names[0], [inputs, outputs]),
    bias: floats(arrays, names[1], [outputs]),
    outputs: new Float32Array(outputs),
  };
}

function readLayers({ layers }: PolicyArchitecture, arrays: Arrays, width: number): PlainLayer[] {
  let inputs = width;
  return layers.map(({ outputs, activation, names }) => {
    const layer = layerOf(arrays, names, inputs, outputs);
    inputs = outputs;
    return { ...layer, activation };
  });
}

function readMemory(arrays: Arrays, features: number, size: number): PlainMemory {
  const input = layerOf(arrays, ["memory.input", "memory.inputBias"], features, 3 * size);
  const hidden = layerOf(arrays, ["memory.hidden", "memory.hiddenBias"], size, 3 * size);
  return {
    input: { ...input, activation: "none" },
    hidden: { ...hidden, activation: "none" },
    next: new Float32Array(size),
  };
}

/** x' = clip((x - μ)/√(σ² + 1e-8), ±10), with the rounding of `policies/observation-normaliser.ts`. */
function readNormaliser(arrays: Arrays, size: number): (x: Float32Array) => void {
  const moments = (name: string): Float32Array | Float64Array | Int32Array => {
    const { values } = arrayNamed(arrays, `normaliser.${name}`, [size]);
    if (values.every(Number.isFinite)) return values;
    throw new CorruptFileError(`normaliser.${name} holds numbers that are not finite`);
  };
  const shift = Float32Array.from(moments("mean"));
  const scale = Float32Array.from(moments("variance"), (variance) => 1 / Math.sqrt(variance + EPSILON));
  return (x) => {
    for (let j = 0; j < size; j++) {
      const scaled = Math.fround(Math.fround(x[j] - shift[j]) * scale[j]);
      x[j] = Math.min(CLIP, Math.max(-CLIP, scaled));
    }
  };
}
