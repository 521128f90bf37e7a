/** Tensors with reverse-mode differentiation, over kernels that give the same bits everywhere. */

import "./methods.js";

export { backendName, numerics } from "../kernels/kernels.js";
export { gradientCheck } from "./gradient-check.js";
export { backward, detach, noGrad } from "./graph.js";
export { concat, reshape, slice, stack } from "./ops/arrange.js";
export { add, div, maximum, minimum, mul, sub, where } from "./ops/binary.js";
export { clamp, exp, gelu, log, neg, relu, softplus, sqrt, square, tanh } from "./ops/elementwise.js";
export { type GruSequences, type GruWeights, gru } from "./ops/gru.js";
export { type Activation, linear, matmul } from "./ops/linear.js";
export { type Layer, network } from "./ops/network.js";
export { mean, std, sum, type VarianceOptions, variance } from "./ops/reduce.js";
export { selectRows } from "./ops/select-rows.js";
export { divergenceOf, entropyOf, gather, logSoftmax, softmax } from "./ops/softmax.js";
export { type ClippedSurrogate, clippedSurrogate, valueError } from "./ops/surrogate.js";
export { weightedSum } from "./ops/weighted-sum.js";
export { TensorError } from "./shape.js";
export { type DType, full, indices, type Nested, parameter, type Shape, Tensor, tensor, zeros } from "./tensor.js";
