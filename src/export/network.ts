/** A policy as plain, checked numbers. Both file formats are written from it. */

import { ConfigError } from "../errors.js";
import type { ContinuousDescription, HeadDescription, PolicyDescription } from "../policies/description.js";
import type { Policy } from "../policies/policy.js";
import { flatSize } from "../spaces/index.js";
import { type Activation, noGrad, type Tensor } from "../tensor/index.js";
import { requireDescription } from "./require-description.js";

export interface ExportedLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  /** [inputs, outputs] in row-major order. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** The head, with the deviations from which continuous actions are drawn. */
export type ExportedHead =
  | Exclude<HeadDescription, ContinuousDescription>
  | (ExportedNumbers & { readonly kind: "gaussian" })
  | (ExportedNumbers & { readonly kind: "squashed-gaussian" })
  | (ExportedNumbers & { readonly kind: "state-dependent" });

/** What all continuous heads have in common. */
export interface ExportedNumbers extends Omit<ContinuousDescription, "logStd"> {
  /** σ with the trainer's bits: one per action dimension or, for state-dependent noise, [inputs, dimensions]. */
  readonly std: Float32Array;
}

/** A gated recurrent unit before the first layer. Its rows are [r | z | n]. */
export interface ExportedMemory {
  readonly size: number;
  readonly inputs: number;
  /** [inputs, 3 size] and [size, 3 size] in row-major order. */
  readonly input: Float32Array;
  readonly hidden: Float32Array;
  readonly inputBias: Float32Array;
  readonly hiddenBias: Float32Array;
}

/** x' = clip((x - shift)·scale, ±10) for each feature, with each operation rounded to float32. */
export interface ExportedNormaliser {
  readonly shift: Float32Array;
  readonly scale: Float32Array;
}

export interface ExportedNetwork {
  /** Applied to the features before the first layer. */
  readonly normaliser: ExportedNormaliser | undefined;
  readonly memory: ExportedMemory | undefined;
  readonly layers: readonly ExportedLayer[];
  readonly head: ExportedHead;
}

/** How many numbers an observation has. */
export function featureCount({ memory, layers }: ExportedNetwork): number {
  return memory?.inputs ?? layers[0].inputs;
}

/** Whether the action is the policy's number itself, apart from clipping. */
export function isIdentity({ middle, reach }: ExportedNumbers): boolean {
  return middle.every((value) => value === 0) && reach.every((value) => value === 1);
}

/**
 * @throws ConfigError if a part of the policy has no `describe()`, layers do not fit together, or a weight is NaN or
 * infinite
 */
export function readNetwork(policy: Policy): ExportedNetwork {
  const description = requireDescription(policy);
  const memory = readMemory(description);
  let width = memory?.size ?? flatSize(policy.observationSpace);
  const layers = description.layers.map(({ weights, bias, activation }, i): ExportedLayer => {
    const field = `policy.layers[${i}]`;
    const inputs = width;
    const outputs = bias.size;
    const reason = `, because it has ${inputs} inputs and the bias has ${outputs} numbers`;
    checkShape(`${field}.weights`, weights, [inputs, outputs], reason);
    width = outputs;
    return {
      inputs,
      outputs,
      activation,
      weights: finite(`${field}.weights`, weights.toArray()),
      bias: finite(`${field}.bias`, bias.toArray()),
    };
  });
  const needed = policy.head.outputs;
  if (layers.length === 0 || width !== needed)
    throw new ConfigError({
      field: "policy.layers",
      given: `${width} outputs`,
      allowed: `layers with ${needed} outputs`,
    });
  return { normaliser: readNormaliser(description), memory, layers, head: readHead(description) };
}

function readHead({ head }: PolicyDescription): ExportedHead {
  if (!("logStd" in head)) return head;
  const { kind, logStd, low, high, middle, reach } = head;
  const std = noGrad(() => logStd.exp().toArray());
  return { kind, std: finite("policy.head.std", std), low, high, middle, reach };
}

function readMemory({ memory, observationSpace }: PolicyDescription): ExportedMemory | undefined {
  if (memory === undefined) return undefined;
  const { weights } = memory;
  const inputs = flatSize(observationSpace);
  const size = weights.hidden.shape[0];
  const numbers = (name: keyof typeof weights, shape: readonly number[]): Float32Array => {
    checkShape(`policy.memory.${name}`, weights[name], shape);
    return finite(`policy.memory.${name}`, weights[name].toArray());
  };
  return {
    size,
    inputs,
    input: numbers("input", [inputs, 3 * size]),
    hidden: numbers("hidden", [size, 3 * size]),
    inputBias: numbers("inputBias", [3 * size]),
    hiddenBias: numbers("hiddenBias", [3 * size]),
  };
}

function readNormaliser({ normaliser }: PolicyDescription): ExportedNormaliser | undefined {
  if (normaliser === undefined) return undefined;
  const { shift, scale } = normaliser;
  return {
    shift: finite("policy.normaliser.shift", shift.slice()),
    scale: finite("policy.normaliser.scale", scale.slice()),
  };
}

function checkShape(field: string, { shape }: Tensor, wanted: readonly number[], reason = ""): void {
  if (shape.join() === wanted.join()) return;
  throw new ConfigError({ field: `${field}.shape`, given: shape, allowed: `[${wanted.join(", ")}]${reason}` });
}

function finite(field: string, values: Float32Array): Float32Array {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new ConfigError({ field: `${field}[${bad}]`, given: values[bad], allowed: "a finite number" });
  return values;
}
