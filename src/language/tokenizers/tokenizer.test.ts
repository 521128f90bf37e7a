import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../errors.js";
import {
  characterTokenizer,
  readTokenizerJson,
  type TokenizerData,
  tokenizerFrom,
  trainBpe,
  writeTokenizerJson,
} from "../index.js";
import { checkedTokenizer, type Tokenizer } from "./tokenizer.js";

const text = "she sells sea shells by the sea shore; the shells she sells are sea shells, I'm sure";
const tokenizers: Readonly<Record<string, Tokenizer>> = {
  characters: characterTokenizer(text),
  bpe: trainBpe(text, { vocabulary: 270, begin: "<|begin|>" }),
};

describe.each(Object.entries(tokenizers))("a tokenizer of %s", (_, tokenizer) => {
  it("is made again from its description as JSON", () => {
    const again = tokenizerFrom(JSON.parse(JSON.stringify(tokenizer)));
    expect(again.toJSON()).toEqual(tokenizer.toJSON());
    expect(again.encode(text)).toEqual(tokenizer.encode(text));
    const { size, end, pad, begin } = tokenizer;
    expect([again.size, again.end, again.pad, again.begin]).toEqual([size, end, pad, begin]);
  });

  it("is made again from its tokenizer.json", () => {
    const again = readTokenizerJson(writeTokenizerJson(tokenizer), { begin: tokenizer.begin && "<|begin|>" } as object);
    expect(again.toJSON()).toEqual(tokenizer.toJSON());
  });

  it("refuses a damaged description with an error that names a field, or is another tokenizer", () => {
    const data = tokenizer.toJSON() as object;
    const damage = fc.tuple(fc.constantFrom(...Object.keys(data)), fc.option(fc.nat(300)), fc.jsonValue());
    fc.assert(
      fc.property(damage, ([name, place, value]) => {
        const damaged = JSON.parse(JSON.stringify(data));
        if (place !== null && Array.isArray(damaged[name])) damaged[name][place] = value;
        else damaged[name] = value;
        expectMadeOrRefused(() => tokenizerFrom(damaged));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

function expectMadeOrRefused(make: () => Tokenizer): void {
  try {
    make();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
  }
}

describe("special tokens", () => {
  it("are refused where padding is the end, whoever makes the tokenizer, with the reason", () => {
    const why = "Where padding is left out of the loss, a model would never learn to end";
    const same = { end: "<|end|>", pad: "<|end|>" };
    const file = writeTokenizerJson(tokenizers.bpe);
    expect(() => characterTokenizer("ab", same)).toThrow(why);
    expect(() => trainBpe(text, { vocabulary: 260, ...same })).toThrow(why);
    expect(() => readTokenizerJson(file, same)).toThrow(why);
    expect(() => tokenizerFrom({ ...(tokenizers.bpe.toJSON() as TokenizerData), pad: "<|end|>" })).toThrow(why);
    expect(() => checkedTokenizer({ ...tokenizers.characters, pad: tokenizers.characters.end })).toThrow(why);
  });

  it("of one's own tokenizer are checked by field", () => {
    const own = tokenizers.characters;
    expect(checkedTokenizer(own)).toBe(own);
    expect(() => checkedTokenizer({ ...own, size: 1.5 })).toThrow(/^size: got 1.5/);
    expect(() => checkedTokenizer({ ...own, end: own.size })).toThrow(/^end: got \d+, allowed is an id/);
    expect(() => checkedTokenizer({ ...own, begin: own.pad })).toThrow(/^begin: /);
    expect(checkedTokenizer({ ...own, begin: own.end }).begin).toBe(own.end);
  });

  it("may begin a text with the token that ends it, as GPT-2 does, but not with padding", () => {
    const { begin, end } = characterTokenizer("ab", { begin: "<|end|>" });
    expect(begin).toBe(end);
    expect(() => characterTokenizer("ab", { begin: "<|pad|>" })).toThrow(/^begin: got 3, allowed is an id other/);
  });

  it("are told apart from ordinary tokens", () => {
    expect(() => characterTokenizer("ab", { end: "a" })).toThrow(
      /^end: got "a", allowed is a text that no other token has; ids 0 and 2 have it/,
    );
    expect(() => characterTokenizer("ab", { end: "" })).toThrow(/^end: got "", allowed is a text that is not empty/);
    expect(() => trainBpe(text, { vocabulary: 262, pad: "he" })).toThrow(
      /^pad: got "he", allowed is a text that no other/,
    );
  });

  it("of which one begins with another are cut out as the longer one", () => {
    const tokenizer = characterTokenizer("ab", { end: "<e>", pad: "<e><e>" });
    const { end, pad } = tokenizer;
    expect(tokenizer.encode("<e><e><e>", { special: true })).toEqual([pad, end]);
  });
});

it("a description of no known type is refused", () => {
  expect(() => tokenizerFrom({ type: "bep" } as never)).toThrow(
    'type: got "bep", allowed is characters or bpe. Did you',
  );
  expect(() => tokenizerFrom(null as never)).toThrow(/^tokenizer: got null/);
});
