/** A memory of d numbers, implemented as a gated recurrent unit (see `tensor/ops/gru.ts`). */

import type { Initialiser } from "../nn/index.js";
import { orthogonal } from "../nn/index.js";
import type { Generator } from "../random/generator.js";
import { concat, type GruWeights, gru, parameter, zeros } from "../tensor/index.js";
import type { Memory } from "./memory.js";

/** The options of `gruMemory`. */
export interface GruMemoryOptions {
  readonly inputs: number;
  /** How many numbers are carried from step to step. */
  readonly size: number;
  /** For the initial weights: orthogonal, with zero biases. */
  readonly rng: Generator;
  readonly name?: string;
}

/** A unit whose three gates begin with orthogonal weights and zero biases. */
export function gruMemory({ inputs, size, rng, name = "memory" }: GruMemoryOptions): Memory {
  const gates = (init: Initialiser, from: number): ReturnType<typeof concat> =>
    concat([init(rng, from, size), init(rng, from, size), init(rng, from, size)], 1);
  const weights: GruWeights = {
    input: parameter(gates(orthogonal(1), inputs), `${name}.input`),
    inputBias: parameter(zeros([3 * size]), `${name}.inputBias`),
    hidden: parameter(gates(orthogonal(1), size), `${name}.hidden`),
    hiddenBias: parameter(zeros([3 * size]), `${name}.hiddenBias`),
  };
  return {
    size,
    parameters: () => [weights.input, weights.inputBias, weights.hidden, weights.hiddenBias],
    step: (features, memory) => gru(features, weights, { copies: features.shape[0], steps: 1, memory }),
    unroll: (features, sequences) => gru(features, weights, sequences),
    describe: () => ({ kind: "gru", weights }),
  };
}
