/** A run's whole state as bytes, and back. No file system, no clock, no path: the same state gives the same bytes. */

import type { Json } from "../envs/env.js";
import { CorruptFileError, type NamedArray, readArrays, writeArrays } from "../formats/safetensors.js";
import type { PolicyArchitecture } from "../policies/architecture.js";
import type { Tensor } from "../tensor/index.js";
import type { ResolvedConfig } from "./types.js";

/** Raised when what a checkpoint holds changes its meaning. */
const FORMAT = "3";

export interface Checkpoint {
  /** A whole run; everything that it learned; or a policy alone. */
  readonly kind: "run" | "learner" | "policy";
  readonly config: ResolvedConfig;
  /** What the policy is built from, weights aside; null where parts of it are not ours and have no description. */
  readonly policy: PolicyArchitecture | null;
  /** Counters, generators, the environment: everything that is not an array. */
  readonly state: Json;
  readonly arrays: ReadonlyMap<string, NamedArray>;
}

const KINDS = ["run", "learner", "policy"] as const;

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

/** @throws CorruptFileError where these are not the bytes of a checkpoint of this version, and of that kind if one is named */
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

/** Tensors as arrays of a checkpoint, their names behind a prefix. */
export function tensorsToArrays(prefix: string, tensors: Iterable<readonly [string, Tensor]>): [string, NamedArray][] {
  return Array.from(tensors, ([name, tensor]) => [
    `${prefix}${name}`,
    { shape: tensor.shape, values: tensor.toArray() },
  ]);
}

/** Writes arrays of a checkpoint back into the tensors that they came from. */
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
