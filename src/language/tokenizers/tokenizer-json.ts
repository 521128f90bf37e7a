/**
 * The file `tokenizer.json` of Hugging Face's tokenizers: written so that Python's `Tokenizer.from_file` gives the same
 * ids, and read as far as its tokenizer can be honoured here.
 *
 *   BPE        byte-level: pre-tokenizer ByteLevel, or Split by a pattern and then ByteLevel; decoder ByteLevel
 *   WordLevel  of characters: pre-tokenizer Split at each character, decoder Fuse
 *
 * Python's `encode` always reads the texts of special tokens as these tokens, as `encode` does here with
 * `special: true`; its `encode_special_tokens = True` is our default.
 */

import { ConfigError } from "../../errors.js";
import { requireKnown } from "../../options.js";
import { type BpeData, bpeTokenizerFrom } from "./bpe.js";
import { type CharacterData, characterTokenizerFrom } from "./characters.js";
import { GPT2_PATTERN } from "./pattern.js";
import { ANYTHING, LIST, NONE, OBJECT, strictFields, TEXT } from "./strict-fields.js";
import type { Tokenizer } from "./tokenizer.js";
import type { TokenizerData } from "./tokenizer-from.js";
import { ROLES, type SpecialTokens, specialTokens, type VocabularyData } from "./vocabulary.js";

/** The options of `readTokenizerJson`: which special tokens have which role, as the file does not say it. */
export interface TokenizerJsonOptions extends SpecialTokens {
  /** Gives tokens that the file lacks, such as a `pad` of its own, the ids after its last. By default they are an error. */
  readonly add?: boolean | undefined;
}

const OPTIONS: readonly (keyof TokenizerJsonOptions)[] = ["add", ...ROLES];

/**
 * Reads a byte-level BPE, such as GPT-2's, or a file that `writeTokenizerJson` has written.
 *
 * @throws ConfigError naming the field that can't be honoured: normalizers, truncation, padding, post-processors that
 * add tokens, other models, patterns that mean something else in JavaScript, added tokens that are not special, …
 */
export function readTokenizerJson(json: string, options: TokenizerJsonOptions = {}): Tokenizer<TokenizerData> {
  requireKnown(options, OPTIONS);
  const file = strictFields(parsed(json), "", {
    version: ["1.0"],
    truncation: NONE,
    padding: NONE,
    added_tokens: LIST,
    normalizer: NONE,
    pre_tokenizer: OBJECT,
    post_processor: ANYTHING,
    decoder: OBJECT,
    model: OBJECT,
  });
  const { type } = file.model as { type?: unknown };
  // Older files, GPT-2's among them, don't name the type.
  if (type === "BPE" || type === undefined) return readBpe(file, options);
  if (type === "WordLevel") return readCharacters(file, options);
  throw new ConfigError({ field: "model.type", given: type, allowed: "BPE, or WordLevel with one character a token" });
}

type File = Readonly<Record<"added_tokens" | "pre_tokenizer" | "post_processor" | "decoder" | "model", unknown>>;

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const allowed = `JSON (${(error as Error).message})`;
    throw new ConfigError({ field: "tokenizer.json", given: json, allowed });
  }
}

function readBpe(file: File, options: TokenizerJsonOptions): Tokenizer<BpeData> {
  const { vocab, merges } = strictFields(file.model, "model", {
    type: ["BPE", undefined],
    dropout: [null, undefined, 0],
    // Each byte has a token, so nothing is unknown.
    unk_token: ANYTHING,
    fuse_unk: ANYTHING,
    continuing_subword_prefix: [null, undefined, ""],
    end_of_word_suffix: [null, undefined, ""],
    byte_fallback: [false, undefined],
    ignore_merges: [false, undefined],
    vocab: OBJECT,
    merges: LIST,
  });
  for (const field of ["decoder", "post_processor"] as const) {
    if (field === "post_processor" && (NONE as readonly unknown[]).includes(file[field])) continue;
    strictFields(file[field], field, { ...BYTE_LEVEL, add_prefix_space: ANYTHING, use_regex: ANYTHING });
  }
  return bpeTokenizerFrom({
    ...vocabularyIn(vocab as object, file.added_tokens as unknown[], options),
    merges: (merges as unknown[]).map((pair) => (Array.isArray(pair) ? pair.join(" ") : (pair as string))),
    ...splittingIn(file.pre_tokenizer),
  });
}

/** The fields of the pre-tokenizer, post-processor and decoder ByteLevel. `trim_offsets` is about places, not tokens. */
const BYTE_LEVEL = { type: ["ByteLevel"], trim_offsets: ANYTHING };

function splittingIn(given: unknown): Pick<BpeData, "pattern" | "prefixSpace"> {
  const yes = [true, undefined];
  if ((given as { type?: unknown }).type !== "Sequence") {
    const rules = { ...BYTE_LEVEL, add_prefix_space: [...yes, false], use_regex: [...yes, false] };
    const fields = strictFields(given, "pre_tokenizer", rules);
    return {
      pattern: fields.use_regex === false ? null : GPT2_PATTERN,
      prefixSpace: fields.add_prefix_space !== false,
    };
  }
  const path = "pre_tokenizer.pretokenizers";
  const { pretokenizers } = strictFields(given, "pre_tokenizer", { type: ["Sequence"], pretokenizers: LIST });
  const [split, byteLevel, ...more] = pretokenizers as unknown[];
  if (more.length > 0)
    throw new ConfigError({ field: path, given: pretokenizers, allowed: "a Split and then a ByteLevel" });
  const pattern = splitPattern(split, `${path}[0]`);
  strictFields(byteLevel, `${path}[1]`, { ...BYTE_LEVEL, add_prefix_space: [false], use_regex: [false] });
  return { pattern, prefixSpace: false };
}

function splitPattern(given: unknown, path: string): string {
  const { pattern } = strictFields(given, path, {
    type: ["Split"],
    pattern: OBJECT,
    behavior: ["Isolated"],
    invert: [false],
  });
  return strictFields(pattern, `${path}.pattern`, { Regex: TEXT }).Regex as string;
}

/** A pattern that matches each character, line ends too. */
const EACH_CHARACTER = String.raw`[\s\S]`;

/** Not in the vocabulary, so that Python refuses characters that are unknown, as we do. */
const NO_TOKEN = "";

function readCharacters(file: File, options: TokenizerJsonOptions): Tokenizer<CharacterData> {
  const { vocab } = strictFields(file.model, "model", { type: ["WordLevel"], vocab: OBJECT, unk_token: [NO_TOKEN] });
  const pattern = splitPattern(file.pre_tokenizer, "pre_tokenizer");
  if (pattern !== EACH_CHARACTER)
    throw new ConfigError({ field: "pre_tokenizer.pattern.Regex", given: pattern, allowed: EACH_CHARACTER });
  strictFields(file.decoder, "decoder", { type: ["Fuse"] });
  if (!(NONE as readonly unknown[]).includes(file.post_processor))
    throw new ConfigError({ field: "post_processor", given: file.post_processor, allowed: "null" });
  return characterTokenizerFrom(vocabularyIn(vocab as object, file.added_tokens as unknown[], options));
}

/** All tokens by id, those of the model and those that were added. */
function vocabularyIn(vocab: object, added: readonly unknown[], options: TokenizerJsonOptions): VocabularyData {
  const ids = new Map<string, unknown>(Object.entries(vocab));
  const special = added.map((token, i) => {
    const path = `added_tokens[${i}]`;
    const { id, content } = strictFields(token, path, {
      id: ANYTHING,
      content: TEXT,
      special: [true],
      single_word: [false, undefined],
      lstrip: [false, undefined],
      rstrip: [false, undefined],
      // It says whether a normalizer comes first, and there is none.
      normalized: ANYTHING,
    });
    const known = ids.get(content as string);
    if (known !== undefined && known !== id)
      throw new ConfigError({ field: `${path}.id`, given: id, allowed: `${known}, its id in model.vocab` });
    ids.set(content as string, id);
    return content as string;
  });
  const vocabulary: string[] = new Array(ids.size);
  for (const [token, id] of ids) {
    const allowed = `a whole number from 0 to ${ids.size - 1} that no other token has`;
    const isFree = Number.isInteger(id) && (id as number) in vocabulary === false;
    if (!isFree || (id as number) < 0 || (id as number) >= ids.size)
      throw new ConfigError({ field: `the id of ${JSON.stringify(token)}`, given: id, allowed });
    vocabulary[id as number] = token;
  }
  const { roles, list } = specialTokens(options);
  const { add = false } = options;
  if (typeof add !== "boolean") throw new ConfigError({ field: "add", given: add, allowed: "true or false" });
  const missing = add ? list.filter((token) => !special.includes(token)) : [];
  return { vocabulary: [...vocabulary, ...missing], special: [...special, ...missing], ...roles };
}

/**
 * The text of a `tokenizer.json` for a tokenizer of `characterTokenizer`, `trainBpe`, `tokenizerFrom` or
 * `readTokenizerJson`. It does not say which special token has which role: whoever reads it has to know that.
 *
 * @throws ConfigError for any other tokenizer
 */
export function writeTokenizerJson(tokenizer: Tokenizer): string {
  const data = tokenizer.toJSON() as TokenizerData;
  if (data?.type !== "characters" && data?.type !== "bpe")
    throw new ConfigError({
      field: "tokenizer",
      given: data,
      allowed: "a tokenizer of characters or a byte-level BPE",
    });
  const id = new Map(data.vocabulary.map((token, i) => [token, i]));
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  const file = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: data.special.map((content) => ({ id: id.get(content), content, ...flags })),
    normalizer: null,
    ...(data.type === "bpe" ? writtenBpe(data, Object.fromEntries(id)) : writtenCharacters(Object.fromEntries(id))),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

const splitBy = (pattern: string): object => ({
  type: "Split",
  pattern: { Regex: pattern },
  behavior: "Isolated",
  invert: false,
});

function writtenBpe({ merges, pattern, prefixSpace }: BpeData, vocab: object): object {
  const ownPattern = pattern !== null && pattern !== GPT2_PATTERN;
  const byteLevel = {
    type: "ByteLevel",
    add_prefix_space: prefixSpace,
    trim_offsets: true,
    use_regex: pattern === GPT2_PATTERN,
  };
  return {
    pre_tokenizer: ownPattern ? { type: "Sequence", pretokenizers: [splitBy(pattern), byteLevel] } : byteLevel,
    post_processor: null,
    decoder: { ...byteLevel, use_regex: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab,
      merges,
    },
  };
}

function writtenCharacters(vocab: object): object {
  return {
    pre_tokenizer: splitBy(EACH_CHARACTER),
    post_processor: null,
    decoder: { type: "Fuse" },
    model: { type: "WordLevel", vocab, unk_token: NO_TOKEN },
  };
}
