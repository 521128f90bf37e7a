/** What a policy draws actions from. */

export { type Categorical, categorical } from "./categorical.js";
export { type Gaussian, gaussian } from "./gaussian.js";
