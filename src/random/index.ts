/** Random numbers: NumPy's streams, with a state that can be saved and split. */

export type { ChoiceOptions } from "./choice.js";
export { defaultRng, Generator, type Size } from "./generator.js";
export type { GeneratorState } from "./generator-state.js";
export { type Entropy, SeedSequence } from "./seed-sequence.js";
