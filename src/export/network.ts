/** What both file formats are written from: a policy's network, and what stands before and behind it, as plain numbers, checked. */

import { ConfigError } from "../errors.js";
import { stretchOf } from "../policies/heads/squashed-gaussian-head.js";
import type { Policy } from "../policies/policy.js";
import { type Discrete, flatSize } from "../spaces/index.js";
import { type Activation, noGrad } from "../tensor/index.js";

export interface ExportedLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  /** Row by row, [inputs, outputs]. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export type ExportedHead =
  | { readonly kind: "categorical"; readonly actions: number; readonly start: number }
  | {
      readonly kind: "multi-categorical";
      readonly nvec: readonly number[];
      readonly start: readonly number[];
    }
  | { readonly kind: "bernoulli"; readonly switches: number }
  | (ExportedNumbers & { readonly kind: "gaussian" })
  | (ExportedNumbers & { readonly kind: "state-dependent" })
  | (ExportedNumbers & {
      readonly kind: "squashed-gaussian";
      readonly middle: Float32Array;
      readonly reach: Float32Array;
    });

/** What all continuous actions have. */
interface ExportedNumbers {
  /** σ with the trainer's bits: one an action dimension, or, where noise depends on the state, [inputs, dimensions]. */
  readonly std: Float32Array;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** x' = clip((x - shift)·scale, ±10) of each feature, each operation rounded to float32. */
export interface ExportedNormaliser {
  readonly shift: Float32Array;
  readonly scale: Float32Array;
}

export interface ExportedNetwork {
  /** What features pass before the first layer. */
  readonly normaliser: ExportedNormaliser | undefined;
  readonly layers: readonly ExportedLayer[];
  readonly head: ExportedHead;
}

/** @throws ConfigError where layers and spaces do not fit together, or a weight is NaN or infinite */
export function readNetwork(policy: Policy): ExportedNetwork {
  let width = flatSize(policy.observationSpace);
  const layers = policy.layers.map(({ weights, bias, activation }, i): ExportedLayer => {
    const field = `policy.layers[${i}]`;
    const inputs = width;
    const outputs = bias.size;
    if (weights.shape.join() !== `${inputs},${outputs}`)
      throw new ConfigError({
        field: `${field}.weights.shape`,
        given: weights.shape,
        allowed: `[${inputs}, ${outputs}], as what comes before gives ${inputs} numbers and the bias has ${outputs}`,
      });
    width = outputs;
    return {
      ...{ inputs, outputs, activation },
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
  return { normaliser: readNormaliser(policy), layers, head: readHead(policy) };
}

function readHead({ head, actionSpace }: Policy): ExportedHead {
  switch (head.kind) {
    case "categorical":
      return { kind: head.kind, actions: (actionSpace as Discrete).n, start: head.start };
    case "multi-categorical":
      return { kind: head.kind, nvec: head.nvec, start: head.start };
    case "bernoulli":
      return { kind: head.kind, switches: head.outputs };
  }
  const { kind, logStd, low, high } = head;
  const numbers = {
    std: finite(
      "policy.head.std",
      noGrad(() => logStd.exp().toArray()),
    ),
    low,
    high,
  };
  return kind === "squashed-gaussian" ? { kind, ...numbers, ...stretchOf(low, high) } : { kind, ...numbers };
}

function readNormaliser({ normaliser }: Policy): ExportedNormaliser | undefined {
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
