import type { Box } from "./box.js";
import type { Dict } from "./dict.js";
import type { Discrete } from "./discrete.js";
import type { MultiBinary } from "./multi-binary.js";
import type { MultiDiscrete } from "./multi-discrete.js";
import type { Tuple } from "./tuple.js";

/** Every space of this folder, told apart by its `kind`. */
export type BuiltInSpace = Discrete | Box | MultiDiscrete | MultiBinary | Tuple | Dict;
