/** Networks and the initialisation of their weights. */

export type { Layer } from "../tensor/ops/network.js";
export { type Initialiser, kaimingUniform, orthogonal, zeroInit } from "./initialise.js";
export { type Mlp, type MlpOptions, mlp } from "./mlp.js";
