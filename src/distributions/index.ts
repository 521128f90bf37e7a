/** The distributions from which policies draw actions. */

export { type Bernoulli, bernoulli } from "./bernoulli.js";
export { type Categorical, categorical } from "./categorical.js";
export { type Gaussian, gaussian } from "./gaussian.js";
export { explorationMatrix, type Gsde, gsde } from "./gsde.js";
export { type MultiCategorical, multiCategorical } from "./multi-categorical.js";
export { type SquashedGaussian, squashedGaussian } from "./squashed-gaussian.js";
