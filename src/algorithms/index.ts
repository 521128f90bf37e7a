/** Algorithms, their contract and their registry. */

export {
  type Algorithm,
  type Context,
  type Diagnostics,
  defineAlgorithm,
  type Learner,
  type Preset,
} from "./algorithm.js";
export { algorithms } from "./registry.js";
export { reinforce } from "./reinforce.js";
