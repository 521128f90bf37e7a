/** Encodes the state of a run as bytes, and decodes it. The same state gives the same bytes. */

import type { Json } from "../envs/env.js";
import { CorruptFileError, type NamedArray, readArrays, writeArrays } from "../formats/safetensors.js";
import type { PolicyArchitecture } from "../policies/architecture.js";
import type { Tensor } from "../tensor/index.js";
import type { ResolvedConfig } from "./types.js";

/** The version of the format. Increase it when the content or its meaning changes. */
const FORMAT = "3";

export interface Checkpoint {
  /** A whole run; everything that it learned; a policy alone; or a whole run on a language task. */
  readonly kind: "run" | "learner" | "policy" | "language";
  readonly config: ResolvedConfig;
  /** The policy without its weights; null if one of its parts has no `describe()`. */
  readonly policy: PolicyArchitecture | null;
  /** Counters, generators and the environment: everything that is not an array. */
  readonly state: Json;
  readonly arrays: ReadonlyMap<string, NamedArray>;
}

const KINDS = ["run", "learner", "policy", "language"] as const;

function isKind(kind: string): kind is Checkpoint["kind"] {
  return KINDS.some((known) => known === kind);
}

export function encodeCheckpoint({ kind, config, policy, state, arrays }: Checkpoint): Uint8Array {
  const metadata = {
    format: "pt",
    ascent: FORMAT,
    kind,
    config: JSON.stringify(config),
    policy: JSON.stringify(policy),
    state: JSON.stringify(state),
  };
  return writeArrays({ metadata, arrays });
}

/**
 * @throws CorruptFileError unless these are the bytes of a checkpoint of this version and, if given, of the wanted kind, and
 * unless all its weights are finite
 */
export function decodeCheckpoint(bytes: Uint8Array, wanted?: Checkpoint["kind"]): Checkpoint {
  const { metadata, arrays } = readArrays(bytes);
  if (metadata.ascent !== FORMAT) {
    throw new CorruptFileError(
      `this checkpoint has format ${JSON.stringify(metadata.ascent)}, this version of Ascent reads ${FORMAT}`,
    );
  }
  const { kind } = metadata;
  if (!isKind(kind) || (wanted !== undefined && kind !== wanted))
    throw new CorruptFileError(`this checkpoint holds a ${kind}, a ${wanted ?? KINDS.join(" or ")} is needed here`);
  requireFiniteWeights(arrays);
  try {
    const config = JSON.parse(metadata.config) as ResolvedConfig;
    const policy = JSON.parse(metadata.policy) as PolicyArchitecture | null;
    return { kind, config, policy, state: JSON.parse(metadata.state) as Json, arrays };
  } catch (error) {
    throw new CorruptFileError(
      `this is not a usable checkpoint: its settings or its state are not JSON (${(error as Error).message})`,
    );
  }
}

/** A run stops before it could save such weights, and a policy that had them would act without a sign of it. */
function requireFiniteWeights(arrays: Checkpoint["arrays"]): void {
  for (const [name, { values }] of arrays) {
    if (!/^(best\.)?weights\./.test(name)) continue;
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new CorruptFileError(`this checkpoint holds ${name}[${bad}] as ${values[bad]}, which is no weight`);
  }
}

/** Converts tensors to arrays of a checkpoint, and prefixes their names. */
export function tensorsToArrays(prefix: string, tensors: Iterable<readonly [string, Tensor]>): [string, NamedArray][] {
  return Array.from(tensors, ([name, tensor]) => [
    `${prefix}${name}`,
    { shape: tensor.shape, values: tensor.toArray() },
  ]);
}

/** Writes the arrays of a checkpoint to the tensors of those names. */
export function arraysToTensors(
  arrays: ReadonlyMap<string, NamedArray>,
  prefix: string,
  tensors: Iterable<readonly [string, Tensor]>,
): void {
  for (const [name, tensor] of tensors) {
    const { values } = arrayNamed(arrays, `${prefix}${name}`, tensor.shape);
    tensor.set(values);
  }
}

export function arrayNamed(
  arrays: ReadonlyMap<string, NamedArray>,
  name: string,
  shape?: readonly number[],
): NamedArray {
  const found = arrays.get(name);
  if (found === undefined) throw new CorruptFileError(`this checkpoint lacks ${name}`);
  if (shape !== undefined && found.shape.join() !== shape.join()) {
    throw new CorruptFileError(
      `this checkpoint holds ${name} as [${found.shape.join(", ")}], its settings ask for [${shape.join(", ")}]`,
    );
  }
  return found;
}
