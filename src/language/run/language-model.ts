/** A model with its tokenizer: text in, text out. */

import { CorruptFileError, readArrays, writeArrays } from "../../formats/safetensors.js";
import { defaultRng, type Generator } from "../../random/index.js";
import { arraysToTensors, tensorsToArrays } from "../../training/checkpoint.js";
import { named } from "../../training/state-arrays.js";
import { type Gpt, gpt } from "../gpt/gpt.js";
import type { GptConfig } from "../gpt/gpt-config.js";
import { gptPolicy } from "../gpt/gpt-policy.js";
import type { TokenPolicy } from "../policy.js";
import type { SamplingOptions } from "../sampling.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";
import { type TokenizerData, tokenizerFrom } from "../tokenizers/tokenizer-from.js";

/** The version of the files. */
const FORMAT = "1";

/** A response as text. */
export interface Written {
  readonly prompt: string;
  readonly response: string;
  /** The ids of the response, the end included where it came to one. */
  readonly ids: readonly number[];
  /** ln π of each of them, in nats. */
  readonly logProbs: readonly number[];
  /** Whether it ended by itself; otherwise it was cut. */
  readonly ended: boolean;
}

/** A language model that reads and writes text. */
export interface LanguageModel {
  readonly gpt: Gpt;
  readonly policy: TokenPolicy;
  readonly tokenizer: Tokenizer<TokenizerData>;
  /** A response to each prompt. */
  write(prompts: readonly string[], options: Omit<SamplingOptions, "end" | "never">, rng: Generator): Written[];
  /** Weights under GPT-2's names, in safetensors, with the sizes and the tokenizer in the metadata. */
  toBytes(): Uint8Array;
}

/** A model from its parts. */
export function languageModel(model: Gpt, tokenizer: Tokenizer<TokenizerData>): LanguageModel {
  const { end, pad, begin = pad } = tokenizer;
  const policy = gptPolicy(model, { never: [pad, begin].filter((id) => id !== end) });
  return {
    gpt: model,
    policy,
    tokenizer,
    write(prompts, options, rng) {
      const drawn = policy.sample(
        prompts.map((prompt) => tokenizer.encode(prompt)),
        { ...options, end },
        rng,
      );
      return drawn.map(({ response: ids, logProbs }, i) => ({
        prompt: prompts[i],
        response: textOf(tokenizer, ids),
        ids,
        logProbs,
        ended: ids.at(-1) === end,
      }));
    },
    toBytes() {
      const metadata = {
        format: "pt",
        ascentLanguageModel: FORMAT,
        config: JSON.stringify(model.config),
        tokenizer: JSON.stringify(tokenizer),
      };
      return writeArrays({ metadata, arrays: new Map(tensorsToArrays("", named(model.parameters()))) });
    },
  };
}

/** A response without its end. Another special token in it is written out: no text of a task has one. */
export function textOf(tokenizer: Tokenizer, ids: readonly number[]): string {
  return tokenizer.decode(ids.at(-1) === tokenizer.end ? ids.slice(0, -1) : ids, { special: true });
}

/** Whether these are the bytes of a model, perhaps a damaged one. */
export function isLanguageModel(bytes: Uint8Array): boolean {
  try {
    return readArrays(bytes).metadata.ascentLanguageModel !== undefined;
  } catch {
    return false;
  }
}

/** A model from the bytes of `toBytes`. @throws CorruptFileError if they are not such bytes */
export function readLanguageModel(bytes: Uint8Array): LanguageModel {
  const { metadata, arrays } = readArrays(bytes);
  if (metadata.ascentLanguageModel !== FORMAT)
    throw new CorruptFileError("this is not the file of a language model, as Ascent writes it");
  let config: GptConfig;
  let tokenizer: Tokenizer<TokenizerData>;
  try {
    config = JSON.parse(metadata.config) as GptConfig;
    tokenizer = tokenizerFrom(JSON.parse(metadata.tokenizer) as TokenizerData);
  } catch (error) {
    throw new CorruptFileError(`this file of a language model can't be used: ${(error as Error).message}`);
  }
  const model = gpt(config, defaultRng(0));
  arraysToTensors(arrays, "", named(model.parameters()));
  return languageModel(model, tokenizer);
}
