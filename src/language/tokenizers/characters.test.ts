import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { someText } from "../../../test/some-text.js";
import { characterTokenizer, tokenizerFrom } from "../index.js";

describe("a character tokenizer", () => {
  it("numbers characters by code point, then end, pad and begin", () => {
    const tokenizer = characterTokenizer("banana 😀\uffee!", { begin: "<|begin|>" });
    expect(tokenizer.encode(" !abn\uffee😀")).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([tokenizer.end, tokenizer.pad, tokenizer.begin, tokenizer.size]).toEqual([7, 8, 9, 10]);
    expect(characterTokenizer("ab").begin).toBeUndefined();
  });

  it("is the same for the same alphabet in any order", () => {
    expect(characterTokenizer("cabbage").toJSON()).toEqual(characterTokenizer("abceg").toJSON());
  });

  it("gives any text back", () => {
    fc.assert(
      fc.property(someText, (more) => {
        const text = `a${more}`;
        const tokenizer = characterTokenizer(text);
        expect(tokenizer.encode(text)).toHaveLength([...text].length);
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
      }),
      { seed: 1 },
    );
  });

  it("names an unknown character and its place, also behind a special token", () => {
    const tokenizer = characterTokenizer("abc");
    expect(() => tokenizer.encode("abß")).toThrow(
      'text[2]: got "ß", allowed is one of the 3 characters of this tokenizer, of which U+00DF is none',
    );
    expect(() => characterTokenizer("😀").encode("😀ß")).toThrow(/^text\[2\]: got "ß"/);
    expect(() => tokenizer.encode("a<|end|>c😀", { special: true })).toThrow(
      /^text\[9\]: got "😀", .* U\+1F600 is none/,
    );
  });

  it("takes special tokens out of a text only when asked, and writes them only when asked", () => {
    const tokenizer = characterTokenizer("<|end>ab");
    const { end } = tokenizer;
    const text = "a<|end|>b";
    expect(tokenizer.encode(text)).toHaveLength(9);
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
    const [a, b] = tokenizer.encode("ab");
    expect(tokenizer.encode(text, { special: true })).toEqual([a, end, b]);
    expect(tokenizer.decode([a, end, b])).toBe("ab");
    expect(tokenizer.decode([a, end, b], { special: true })).toBe(text);
  });

  it("refuses an empty alphabet, half a surrogate pair, and what is not text", () => {
    expect(() => characterTokenizer("")).toThrow('text: got "", allowed is at least one character');
    expect(() => characterTokenizer("ab\ud83d")).toThrow(/^text\[2\]: got "\\ud83d", allowed is valid Unicode/);
    expect(() => characterTokenizer(7 as never)).toThrow("text: got 7, allowed is a string");
    expect(() => characterTokenizer("ab").encode("a\ude00")).toThrow(/^text\[1\]: /);
  });

  it("refuses ids, options and descriptions that do not fit, by name", () => {
    const tokenizer = characterTokenizer("ab");
    expect(() => tokenizer.decode([0, 4])).toThrow("ids[1]: got 4, allowed is a whole number from 0 to 3");
    expect(() => tokenizer.decode([0.5])).toThrow(/^ids\[0\]: got 0.5/);
    expect(() => tokenizer.decode("0" as never)).toThrow(/^ids: got "0", allowed is a list of ids/);
    expect(() => tokenizer.encode("a", { specials: true } as never)).toThrow(/specials: .* Did you mean special\?/);
    expect(() => tokenizer.encode("a", { special: 1 } as never)).toThrow("special: got 1, allowed is true or false");
    expect(() => characterTokenizer("ab", { eos: "x" } as never)).toThrow(/^eos: .*only end, pad, begin/);
    const data = { type: "characters", special: ["e", "p"], end: "e", pad: "p" } as const;
    expect(() => tokenizerFrom({ ...data, vocabulary: ["ab", "e", "p"] })).toThrow(/^vocabulary\[0\]: got "ab"/);
  });
});
