/** Random numbers: NumPy's streams, with a state that can be kept and split. */

export { defaultRng, Generator, type GeneratorState } from "./generator.js";
export { type Entropy, SeedSequence } from "./seed-sequence.js";
