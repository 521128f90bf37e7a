/**
 * The operations of language models. They have an entry of their own, because their kernels are a module of their own
 * (`kernels/language.ts`): `ascent` and `ascent/tensor` don't load it.
 */

export { batchedMatmul, type Transposes } from "./batched-matmul.js";
export { causalAttention } from "./causal-attention.js";
export { decoder } from "./decoder.js";
export { embedding } from "./embedding.js";
export { layerNorm } from "./layer-norm.js";
export { type Sampled, type SampleOptions, sampleTokens, tokenLogits } from "./sample-tokens.js";
export { type Span, segmentSum } from "./segment-sum.js";
export { type HeadOptions, tokenLogProbs } from "./token-log-probs.js";
