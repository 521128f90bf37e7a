import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../errors.js";
import { characterTokenizer, readTokenizerJson, type Tokenizer, trainBpe, writeTokenizerJson } from "../index.js";

const text = "she sells sea shells by the sea shore; the shells she sells are sea shells, I'm sure";
const bpe = trainBpe(text, { vocabulary: 270 });
const split = trainBpe(text, { vocabulary: 262, pattern: String.raw`\s*\p{L}+` });
const characters = characterTokenizer(text);

/** A file with the value at a path replaced; undefined removes it. */
function changed(tokenizer: Tokenizer, path: string, value: unknown): string {
  const file = JSON.parse(writeTokenizerJson(tokenizer));
  const names = path.split(".");
  const last = names.pop() as string;
  const parent = names.reduce((object, name) => object[name], file);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return JSON.stringify(file);
}

describe("a tokenizer.json", () => {
  it("is read in the form of GPT-2's: no type of model, a post-processor about places, one special token", () => {
    const file = JSON.parse(writeTokenizerJson(trainBpe(text, { vocabulary: 270, end: "<|endoftext|>" })));
    delete file.model.type;
    delete file.model.byte_fallback;
    delete file.model.ignore_merges;
    delete file.model.vocab["<|pad|>"];
    file.model.continuing_subword_prefix = "";
    file.added_tokens.pop();
    file.added_tokens[0].normalized = true;
    file.post_processor = { type: "ByteLevel", add_prefix_space: true, trim_offsets: false };
    const json = JSON.stringify(file);
    const tokenizer = readTokenizerJson(json, { end: "<|endoftext|>", begin: "<|endoftext|>", add: true });
    expect([tokenizer.end, tokenizer.begin, tokenizer.pad, tokenizer.size]).toEqual([268, 268, 269, 270]);
    expect(tokenizer.encode(text)).toEqual(trainBpe(text, { vocabulary: 270 }).encode(text));
    expect(() => readTokenizerJson(json, { end: "<|endoftext|>" })).toThrow(
      'pad: got "<|pad|>", allowed is one of the special tokens: "<|endoftext|>"',
    );
  });

  it("may have special tokens without a role, which are cut out as well", () => {
    const user = { id: 270, content: "<|user|>", special: true };
    const file = JSON.parse(writeTokenizerJson(bpe));
    const tokenizer = readTokenizerJson(JSON.stringify({ ...file, added_tokens: [...file.added_tokens, user] }));
    expect(tokenizer.encode("a<|user|>", { special: true }).at(-1)).toBe(270);
    expect(tokenizer.decode([270])).toBe("");
  });

  it.each([
    ["version", "2.0"],
    ["truncation", { max_length: 5 }],
    ["padding", { strategy: "BatchLongest" }],
    ["normalizer", { type: "NFC" }],
    ["post_processor", { type: "TemplateProcessing" }],
    ["pre_tokenizer", null],
    ["pre_tokenizer.type", "Whitespace"],
    ["pre_tokenizer.use_regex", 1],
    ["decoder", null],
    ["decoder.type", "WordPiece"],
    ["model.type", "Unigram"],
    ["model.dropout", 0.1],
    ["model.continuing_subword_prefix", "##"],
    ["model.end_of_word_suffix", "</w>"],
    ["model.byte_fallback", true],
    ["model.ignore_merges", true],
    ["model.max_input_chars_per_word", 100],
    ["model.merges", undefined],
    ["added_tokens.0.special", false],
    ["added_tokens.0.lstrip", true],
    ["added_tokens.0.rstrip", true],
    ["added_tokens.0.single_word", true],
    ["added_tokens.0.id", 5],
    ["something_new", true],
  ])("with %s of %j is refused by the name of the field", (path, value) => {
    const field = path.replace(/\.(\d)/, "[$1]");
    const refused = expect(() => readTokenizerJson(changed(bpe, path, value)));
    refused.toThrow(ConfigError);
    refused.toThrow(field);
  });

  it.each([
    ["pre_tokenizer.pretokenizers.0.behavior", "Removed"],
    ["pre_tokenizer.pretokenizers.0.invert", true],
    ["pre_tokenizer.pretokenizers.0.pattern", { String: " " }],
    ["pre_tokenizer.pretokenizers.0.type", "Digits"],
    ["pre_tokenizer.pretokenizers.1.use_regex", true],
    ["pre_tokenizer.pretokenizers.1.add_prefix_space", true],
    ["pre_tokenizer.pretokenizers.2", { type: "Digits" }],
  ])("with a pattern of its own and %s of %j is refused", (path, value) => {
    expect(() => readTokenizerJson(changed(split, path, value))).toThrow(/^pre_tokenizer\.pretokenizers.*: got /);
  });

  it.each([
    ["model.unk_token", "a"],
    ["pre_tokenizer.pattern.Regex", "."],
    ["decoder.type", "WordPiece"],
    ["post_processor", { type: "ByteLevel" }],
    ["model.vocab", { ab: 0, "<|end|>": 1, "<|pad|>": 2 }],
  ])("of characters with %s of %j is refused", (path, value) => {
    expect(() => readTokenizerJson(changed(characters, path, value))).toThrow(ConfigError);
  });

  it("has ids from 0 on, each once", () => {
    expect(() => readTokenizerJson(changed(bpe, "model.vocab.!", 1))).toThrow(
      /^the id of "\\"": got 1, allowed is a whole/,
    );
    expect(() => readTokenizerJson(changed(bpe, "model.vocab.!", 270))).toThrow(/^the id of "!": got 270/);
    expect(() => readTokenizerJson(changed(bpe, "model.vocab.!", -1))).toThrow(/^the id of "!": got -1/);
    expect(() => readTokenizerJson(changed(bpe, "model.vocab.!", "0"))).toThrow(/^the id of "!": got "0"/);
  });

  it("that is no JSON, or no object, is refused", () => {
    expect(() => readTokenizerJson("{")).toThrow(/^tokenizer\.json: got "{", allowed is JSON \(/);
    expect(() => readTokenizerJson("[]")).toThrow("tokenizer.json: got [], allowed is an object");
    expect(() => readTokenizerJson("{}", { unk: "x" } as never)).toThrow(/^unk: /);
  });

  it("that is damaged anywhere is refused with an error that names a field, or is another tokenizer", () => {
    const whole = JSON.parse(writeTokenizerJson(bpe));
    const paths = Object.keys(whole).flatMap((name) => [
      name,
      ...(name === "version" ? [] : Object.keys(whole[name] ?? {})).map((inner) => `${name}.${inner}`),
      "added_tokens.0.content",
      "model.merges.3",
      "model.vocab.a",
    ]);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        try {
          readTokenizerJson(changed(bpe, path, value));
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("is written only for tokenizers that it can hold", () => {
    const own = { ...bpe, toJSON: () => ({ type: "words" }) };
    expect(() => writeTokenizerJson(own)).toThrow(
      /^tokenizer: got {"type":"words"}, allowed is a tokenizer of characters/,
    );
  });
});
