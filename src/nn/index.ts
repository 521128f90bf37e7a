/** Networks and how their weights begin. */

export type { Layer } from "../tensor/index.js";
export { type Initialiser, kaimingUniform, orthogonal, zeroInit } from "./initialise.js";
export { type Mlp, type MlpOptions, mlp } from "./mlp.js";
