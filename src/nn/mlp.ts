/** Networks of fully connected layers. */

import { ConfigError } from "../errors.js";
import type { Generator } from "../random/generator.js";
import { type Activation, network, parameter, Tensor, TensorError, tensor, zeros } from "../tensor/index.js";
import type { Layer } from "../tensor/ops/network.js";
import { type Initialiser, kaimingUniform } from "./initialise.js";

/** A chain of fully connected layers. */
export interface Mlp {
  readonly layers: readonly Layer[];
  /** Weights and biases in order, named `name.0.weights`, `name.0.bias`, … */
  parameters(): Tensor[];
  /**
   * The outputs [n] for one observation [k], or [m, n] for m observations [m, k]. If each layer's outputs for x are
   * already known (`trace`), they are recorded and not computed again.
   *
   * @throws TensorError if the inputs do not fit, such as the plain number of a Discrete observation
   */
  forward(x: Tensor | ArrayLike<number>, trace?: readonly Tensor[]): Tensor;
}

/** The settings of `mlp`. */
export interface MlpOptions {
  /** Inputs, hidden layers, outputs: `[4, 128, 128, 2]`. */
  readonly sizes: readonly number[];
  /** Applied after each hidden layer, but not after the last layer. `gelu` is its tanh form. */
  readonly activation?: Activation;
  readonly rng: Generator;
  /** Initial weights of the hidden layers. */
  readonly hiddenInit?: Initialiser;
  /** Initial weights of the last layer. */
  readonly outputInit?: Initialiser;
  /** Initial biases: `"zero"`, or `"uniform"` in ±1/√inputs as in PyTorch's `Linear`. */
  readonly bias?: "zero" | "uniform";
  readonly name?: string;
}

/**
 * A network, by default with PyTorch's initial weights. @throws ConfigError if a size is not a whole number of at least
 * 1
 */
export function mlp({
  sizes,
  activation = "relu",
  rng,
  hiddenInit = kaimingUniform,
  outputInit = hiddenInit,
  bias = "uniform",
  name = "mlp",
}: MlpOptions): Mlp {
  if (sizes.length < 2 || !sizes.every((size) => Number.isSafeInteger(size) && size >= 1)) {
    throw new ConfigError({
      field: "mlp.sizes",
      given: sizes,
      allowed: "inputs, hidden layers and outputs, whole numbers of at least 1",
    });
  }
  const last = sizes.length - 2;
  const layers = sizes.slice(1).map((outputs, index): Layer => {
    const inputs = sizes[index];
    const weights = (index === last ? outputInit : hiddenInit)(rng, inputs, outputs);
    const start = bias === "zero" ? zeros([outputs]) : kaimingBias(rng, inputs, outputs);
    return {
      weights: parameter(weights, `${name}.${index}.weights`),
      bias: parameter(start, `${name}.${index}.bias`),
      activation: index === last ? "none" : activation,
    };
  });
  return {
    layers,
    parameters: () => layers.flatMap(({ weights, bias }) => [weights, bias]),
    forward: (x, trace) => network(asTensor(x, sizes[0]), layers, trace),
  };
}

function kaimingBias(rng: Generator, inputs: number, outputs: number): Tensor {
  const bound = 1 / Math.sqrt(inputs);
  return tensor(Float32Array.from({ length: outputs }, () => rng.uniform(-bound, bound)));
}

/** The inputs as a tensor. @throws TensorError for a single number or an array of another length */
function asTensor(x: Tensor | ArrayLike<number>, inputs: number): Tensor {
  if (x instanceof Tensor) return x;
  if (typeof x === "object" && x !== null && x.length === inputs) return tensor(Float32Array.from(x));
  const given = typeof x === "object" && x !== null ? `${x.length} numbers` : String(x);
  throw new TensorError(
    `forward: needs ${inputs} numbers, or a tensor [m, ${inputs}], got ${given}. A Discrete observation is one number ` +
      "of many: flatten(env.observationSpace, observation) of ascent/spaces makes its one-hot row",
  );
}
