/** A policy as plain, checked numbers. Both file formats are written from it. */

import { ConfigError } from "../errors.js";
import type { ContinuousDescription, HeadDescription, PolicyDescription } from "../policies/description.js";
import type { Policy } from "../policies/policy.js";
import { flatSize } from "../spaces/index.js";
import { type Activation, noGrad } from "../tensor/index.js";

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

/**
 * @throws ConfigError if a part of the policy cannot be exported, layers do not fit together, or a weight is NaN or
 * infinite
 */
export function readNetwork(policy: Policy): ExportedNetwork {
  const description = policy.describe();
  if (description === undefined)
    throw new ConfigError({ field: "policy", given: "parts without describe()", allowed: "a policy of layers" });
  const memory = readMemory(description);
  let width = memory?.size ?? flatSize(policy.observationSpace);
  const layers = description.layers.map(({ weights, bias, activation }, i): ExportedLayer => {
    const field = `policy.layers[${i}]`;
    const inputs = width;
    const outputs = bias.size;
    if (weights.shape.join() !== `${inputs},${outputs}`)
      throw new ConfigError({
        field: `${field}.weights.shape`,
        given: weights.shape,
        allowed: `[${inputs}, ${outputs}], because it has ${inputs} inputs and the bias has ${outputs} numbers`,
      });
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
  const { input, hidden, inputBias, hiddenBias } = memory.weights;
  return {
    size: hidden.shape[0],
    inputs: flatSize(observationSpace),
    input: finite("policy.memory.input", input.toArray()),
    hidden: finite("policy.memory.hidden", hidden.toArray()),
    inputBias: finite("policy.memory.inputBias", inputBias.toArray()),
    hiddenBias: finite("policy.memory.hiddenBias", hiddenBias.toArray()),
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

function finite(field: string, values: Float32Array): Float32Array {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new ConfigError({ field: `${field}[${bad}]`, given: values[bad], allowed: "a finite number" });
  return values;
}
