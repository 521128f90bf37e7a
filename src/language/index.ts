/** Small language models: tokenizers. */

export type { BpeData } from "./tokenizers/bpe.js";
export { type CharacterData, characterTokenizer } from "./tokenizers/characters.js";
export type { TextOptions, Tokenizer } from "./tokenizers/tokenizer.js";
export { type TokenizerData, tokenizerFrom } from "./tokenizers/tokenizer-from.js";
export { readTokenizerJson, type TokenizerJsonOptions, writeTokenizerJson } from "./tokenizers/tokenizer-json.js";
export { type BpeOptions, trainBpe } from "./tokenizers/train-bpe.js";
export type { SpecialTokens } from "./tokenizers/vocabulary.js";
