/**
 * What both file formats are written from: a policy's network as plain numbers, checked. What comes between an observation's
 * features and the first layer (a normaliser, once policies have one) belongs here, so that no format can leave it out.
 */

import { ConfigError } from "../errors.js";
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
      readonly kind: "gaussian";
      /** σ, one an action dimension, with the trainer's bits. */
      readonly std: Float32Array;
      readonly low: Float32Array;
      readonly high: Float32Array;
    };

export interface ExportedNetwork {
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
  const head = readHead(policy);
  const needed = head.kind === "categorical" ? head.actions : head.low.length;
  if (layers.length === 0 || width !== needed)
    throw new ConfigError({
      field: "policy.layers",
      given: `${width} outputs`,
      allowed: `layers with ${needed} outputs`,
    });
  return { layers, head };
}

function readHead({ head, actionSpace }: Policy): ExportedHead {
  if (head.kind === "categorical")
    return { kind: "categorical", actions: (actionSpace as Discrete).n, start: head.start };
  const std = noGrad(() => head.logStd.exp().toArray());
  return { kind: "gaussian", std: finite("policy.head.std", std), low: head.low, high: head.high };
}

function finite(field: string, values: Float32Array): Float32Array {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new ConfigError({ field: `${field}[${bad}]`, given: values[bad], allowed: "a finite number" });
  return values;
}
