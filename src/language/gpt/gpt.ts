/**
 * GPT-2 (Radford et al. 2019): a transformer that predicts the next token. For tokens y₀ … y_T of a sequence,
 *
 *   x = E[y] + P[position]
 *   x ← x + attention(norm₁(x))·W_o + b_o        in each layer, with queries, keys and values norm₁(x)·W_qkv + b_qkv
 *   x ← x + gelu(norm₂(x)·W₁ + b₁)·W₂ + b₂
 *   states = norm(x)        logits = states·Eᵀ
 *
 * The table of tokens E is the head too (tied weights). gelu is its tanh form. There is no dropout, so two passes over the same
 * tokens have the same bits. Parameters are named as in GPT-2's own files; matrices are [inputs, outputs], as there.
 *
 * Choices that change results; `gpt.test.ts` pins each by its number:
 *   1. Initial matrices and both tables are normal with deviation 0.02. Those that write to x, W_o and W₂, have 0.02/√(2·layers).
 *      Biases are 0 and gains 1.
 *   2. Sequences are filled up on the right, so a position is that of the token in its text, and no token sees padding.
 */

import type { Generator } from "../../random/index.js";
import { tidied } from "../../tensor/graph.js";
import { add, indices, network, parameter, type Tensor, tensor, zeros } from "../../tensor/index.js";
import { causalAttention, embedding, layerNorm } from "../../tensor/language/index.js";
import { checkGptConfig, type GptConfig } from "./gpt-config.js";

/** A layer normalisation's gain and bias, each [C]. */
export interface Norm {
  readonly gain: Tensor;
  readonly bias: Tensor;
}

/** x·W + b. */
export interface Projection {
  /** [inputs, outputs] */
  readonly weights: Tensor;
  readonly bias: Tensor;
}

/** The parameters of one layer. */
export interface GptLayer {
  readonly norm1: Norm;
  /** [C, 3C]: queries, keys, values. */
  readonly attention: Projection;
  readonly attentionOut: Projection;
  readonly norm2: Norm;
  readonly up: Projection;
  readonly down: Projection;
}

/** A GPT-2. */
export interface Gpt {
  readonly config: GptConfig;
  /** E, [vocabulary, C]. */
  readonly tokens: Tensor;
  /** P, [context, C]. */
  readonly positions: Tensor;
  readonly layers: readonly GptLayer[];
  readonly norm: Norm;
  /** All parameters, named as in GPT-2's files. */
  parameters(): Tensor[];
  /**
   * What each position knows of the tokens up to it: [B·T, C], for B sequences of T ids one after another. With `places`,
   * only the states of these elements of `ids`, in their order: after the last attention nothing else is computed.
   *
   * @throws TensorError unless T is at most the context, all ids are of the vocabulary, and all places are of ids
   */
  states(ids: Int32Array, length: number, places?: Int32Array): Tensor;
}

const DEVIATION = 0.02;

/** A GPT-2 with initial weights. @throws ConfigError naming a size that does not fit */
export function gpt(given: GptConfig, rng: Generator): Gpt {
  const config = checkGptConfig(given);
  const { vocabulary, context, layers: count, width } = config;
  const residual = DEVIATION / Math.sqrt(2 * count);
  const normal = (name: string, shape: readonly number[], deviation = DEVIATION): Tensor => {
    const values = rng.normal(0, deviation, shape[0] * shape[1]);
    return parameter(tensor(Float32Array.from(values), shape), name);
  };
  const norm = (name: string): Norm => ({
    gain: parameter(tensor(new Float32Array(width).fill(1)), `${name}.weight`),
    bias: parameter(zeros([width]), `${name}.bias`),
  });
  const projection = (name: string, inputs: number, outputs: number, deviation?: number): Projection => ({
    weights: normal(`${name}.weight`, [inputs, outputs], deviation),
    bias: parameter(zeros([outputs]), `${name}.bias`),
  });
  const tokens = normal("wte.weight", [vocabulary, width]);
  const positions = normal("wpe.weight", [context, width]);
  const layers = Array.from(
    { length: count },
    (_, i): GptLayer => ({
      norm1: norm(`h.${i}.ln_1`),
      attention: projection(`h.${i}.attn.c_attn`, width, 3 * width),
      attentionOut: projection(`h.${i}.attn.c_proj`, width, width, residual),
      norm2: norm(`h.${i}.ln_2`),
      up: projection(`h.${i}.mlp.c_fc`, width, 4 * width),
      down: projection(`h.${i}.mlp.c_proj`, 4 * width, width, residual),
    }),
  );
  const last = norm("ln_f");
  const model: Gpt = {
    config,
    tokens,
    positions,
    layers,
    norm: last,
    parameters: () => [tokens, positions, ...layers.flatMap(parametersOf), ...Object.values(last)],
    states: (ids, length, places) => tidied(() => states(model, ids, length, places)),
  };
  return model;
}

function parametersOf(layer: GptLayer): Tensor[] {
  return Object.values(layer).flatMap((part: Norm | Projection) => Object.values(part) as Tensor[]);
}

function states(model: Gpt, ids: Int32Array, length: number, places?: Int32Array): Tensor {
  const { config, tokens, positions, layers, norm } = model;
  const steps = Int32Array.from(ids, (_, i) => i % length);
  let x = add(embedding(tokens, indices(ids)), embedding(positions, indices(steps)));
  layers.forEach((layer, i) => {
    let attended = causalAttention(project(normed(x, layer.norm1), layer.attention), config.heads, length);
    if (places !== undefined && i === layers.length - 1) {
      const chosen = indices(places);
      [x, attended] = [embedding(x, chosen), embedding(attended, chosen)];
    }
    x = add(x, project(attended, layer.attentionOut));
    x = add(x, feedForward(normed(x, layer.norm2), layer));
  });
  return normed(x, norm);
}

/** (x − mean) / deviation · gain + bias */
function normed(x: Tensor, { gain, bias }: Norm): Tensor {
  return layerNorm(x, gain, bias);
}

function project(x: Tensor, { weights, bias }: Projection): Tensor {
  return network(x, [{ weights, bias, activation: "none" }]);
}

function feedForward(x: Tensor, { up, down }: Pick<GptLayer, "up" | "down">): Tensor {
  return network(x, [
    { ...up, activation: "gelu" },
    { ...down, activation: "none" },
  ]);
}
