export type { ActionMask } from "./action-mask.js";
export { type Box, box } from "./box.js";
export { describeSpace, type SpaceDescription, spaceFrom } from "./describe.js";
export { type Discrete, discrete } from "./discrete.js";
export { flatSize, flattenInto } from "./flatten.js";
export { type MultiBinary, multiBinary } from "./multi-binary.js";
export { type MultiDiscrete, multiDiscrete } from "./multi-discrete.js";
export type { Space } from "./space.js";
export { type Tuple, tuple } from "./tuple.js";
