import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { someText } from "../../../test/some-text.js";
import { tokenizerFrom, trainBpe } from "../index.js";
import type { BpeData } from "./bpe.js";
import { BYTE_TOKENS, byteCharacter, bytesOf } from "./bytes.js";
import { mergeWord } from "./merges.js";
import { GPT2_PATTERN, splitterFor } from "./pattern.js";

const text = "she sells sea shells by the sea shore; the shells she sells are sea shells, I'm sure";
const trained = trainBpe(text, { vocabulary: 270 });

describe("a byte-level BPE", () => {
  it("gives any text back, and no text makes a special token", () => {
    fc.assert(
      fc.property(someText, (given) => {
        const ids = trained.encode(given);
        expect(trained.decode(ids)).toBe(given);
        expect(ids.some((id) => id === trained.end || id === trained.pad)).toBe(false);
      }),
      { seed: 1, numRuns: 500 },
    );
    const marked = "she<|end|>sells <|pad|>";
    expect(trained.decode(trained.encode(marked))).toBe(marked);
    expect(trained.encode(marked)).not.toContain(trained.end);
  });

  it("gives a text with special tokens back, if they are asked for both times", () => {
    const piece = fc.oneof(someText, fc.constantFrom("<|end|>", "<|pad|>", "<|", "end|>"));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const given = pieces.join("");
        expect(trained.decode(trained.encode(given, { special: true }), { special: true })).toBe(given);
      }),
      { seed: 1 },
    );
  });

  it("reads a word alike the first time and from its store, which is emptied when it is full", () => {
    const words = Array.from({ length: 22_000 }, (_, i) => ` she${i.toString(26)}`).join("");
    const ids = String(trained.encode(words));
    expect(String(trained.encode(words)) === ids).toBe(true);
    expect(trained.decode(ids.split(",").map(Number)) === words).toBe(true);
  });

  it("writes bytes that are not UTF-8 as U+FFFD, and joins a character that tokens have cut", () => {
    const bytes = trained.encode("é😀");
    expect(bytes).toHaveLength(6);
    expect(trained.decode(bytes)).toBe("é😀");
    expect(trained.decode(bytes.slice(0, 5))).toBe("é\ufffd");
    expect(trained.decode(bytes.slice(1))).toBe("\ufffd😀");
  });

  it("reads 200,000 equal letters as one word, without a step for each pair of places", () => {
    const long = "s".repeat(200_000);
    expect(trained.decode(trained.encode(long))).toBe(long);
  });

  it("is refused with an error that names what is missing", () => {
    const data = trained.toJSON();
    const refused =
      (change: object): (() => unknown) =>
      () =>
        tokenizerFrom({ ...data, ...change } as BpeData);
    expect(refused({ vocabulary: data.vocabulary.map((token) => (token === "Ā" ? "<x>" : token)) })).toThrow(
      'vocabulary: got "270 tokens", allowed is a list with a token for each of the 256 bytes; "Ā" is missing',
    );
    expect(refused({ vocabulary: [...data.vocabulary, "→"] })).toThrow(
      /^vocabulary\[270\]: got "→", allowed is a special/,
    );
    expect(refused({ merges: ["Ġ s", "q z"] })).toThrow(/^merges\[1\]: got "q z", allowed is two tokens with a space/);
    expect(refused({ merges: ["Ġ s e"] })).toThrow(/^merges\[0\]/);
    expect(refused({ merges: ["Ġ s", "Ġ s"] })).toThrow(
      /^merges\[1\]: got "Ġ s", allowed is a pair that is there once/,
    );
    expect(refused({ merges: undefined })).toThrow("merges: got undefined, allowed is a list of pairs");
    expect(refused({ special: [...data.special, "Ġs"] })).toThrow(/^merges\[\d+\]: got "Ġ s", .* none of them special/);
    expect(refused({ special: [...data.special, "<s>"] })).toThrow(/^special\[2\]: got "<s>", allowed is a token of/);
    expect(refused({ end: "<|ent|>" })).toThrow(/^end: got "<\|ent\|>", .* Did you mean <\|end\|>\?/);
    expect(refused({ prefixSpace: 1 })).toThrow("prefixSpace: got 1, allowed is true or false");
    expect(refused({ prefixSpace: true, pattern: "a+" })).toThrow(/^prefixSpace: got true, allowed is false with a/);
    expect(refused({ vocabulary: "abc" })).toThrow(/^vocabulary: got "abc", allowed is a list of texts/);
  });
});

describe("training", () => {
  it("takes the most frequent pair, of equal ones the one with the lowest left id, then right id", () => {
    const { merges } = trainBpe("xy ab xy ab", { vocabulary: 261 }).toJSON();
    expect(merges).toEqual(["a b", "x y", "Ġ ab"]);
    const right = trainBpe(["ad", "ac", "ac", "ad"], { vocabulary: 259 }).toJSON();
    expect(right.merges).toEqual(["a c"]);
  });

  it("numbers bytes in GPT-2's order, then merges, then end, pad and begin", () => {
    const tokenizer = trainBpe("aaaa", { vocabulary: 260, begin: "<|begin|>" });
    const { vocabulary } = tokenizer.toJSON();
    expect(vocabulary.slice(0, 3)).toEqual(["!", '"', "#"]);
    expect(vocabulary.slice(255)).toEqual(["Ń", "aa", "<|end|>", "<|pad|>", "<|begin|>"]);
    expect([tokenizer.end, tokenizer.pad, tokenizer.begin]).toEqual([257, 258, 259]);
  });

  it("merges nothing over the edge of a word or of a text", () => {
    const whole = { vocabulary: 259, pattern: "[^x]+" };
    expect(trainBpe("ab ab", whole).toJSON().merges).toEqual(["a b"]);
    expect(() => trainBpe(["a", "b", "a", "b"], whole)).toThrow(/at most 258/);
  });

  it("of a text that is too short for the vocabulary says how large it can be", () => {
    expect(() => trainBpe("abab", { vocabulary: 1000 })).toThrow(
      "vocabulary: got 1000, allowed is at most 259 for this text",
    );
    expect(trainBpe("", { vocabulary: 258 }).size).toBe(258);
  });

  it("names options and texts that do not fit", () => {
    expect(() => trainBpe("a", { vocabulary: 257 })).toThrow(
      /^vocabulary: got 257, allowed is a whole number from 258 to/,
    );
    expect(() => trainBpe("a", {} as never)).toThrow(/^vocabulary: got undefined/);
    expect(() => trainBpe("a", { vocabulary: 258, size: 3 } as never)).toThrow(/^size: /);
    expect(() => trainBpe(5 as never, { vocabulary: 258 })).toThrow(
      /^text: got 5, allowed is a string, or an iterable/,
    );
    expect(() => trainBpe(["a\ud800"], { vocabulary: 258 })).toThrow(/^text\[1\]: /);
  });
});

it("a word is merged as if the lowest rank were searched anew each time", () => {
  const size = 100;
  const tables = fc.uniqueArray(fc.tuple(fc.nat(6), fc.nat(6)), { selector: ([a, b]) => a * size + b, maxLength: 20 });
  fc.assert(
    fc.property(tables, fc.array(fc.nat(3), { maxLength: 40 }), (pairs, word) => {
      const ranks = new Map(pairs.map(([a, b], rank) => [a * size + b, rank]));
      const results = pairs.map((_, rank) => (rank * 5) % 9);
      const slowly = [...word];
      for (;;) {
        const found = slowly
          .slice(1)
          .map((right, i) => ranks.get(slowly[i] * size + right) ?? Number.POSITIVE_INFINITY);
        const least = found.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
        if (least === Number.POSITIVE_INFINITY) break;
        slowly.splice(found.indexOf(least), 2, results[least]);
      }
      expect(mergeWord([...word], { ranks, results, size })).toEqual(slowly);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

describe("bytes", () => {
  it("are written as GPT-2 writes them", () => {
    expect([0, 10, 32, 33, 126, 127, 160, 161, 173, 255].map(byteCharacter).join("")).toBe("ĀĊĠ!~ġł¡Ńÿ");
    expect(new Set(BYTE_TOKENS).size).toBe(256);
    expect(bytesOf("Ġé")).toEqual(Uint8Array.of(32, 233));
    expect(bytesOf("a b")).toBeUndefined();
  });
});

describe("a pattern", () => {
  it("makes words of matches and of what is between them", () => {
    expect(splitterFor("b+|(?=d)")("abbcd")).toEqual(["a", "bb", "c", "d"]);
    expect(splitterFor(GPT2_PATTERN)("I'll go  there\n\n 12 times")).toEqual([
      "I",
      "'ll",
      " go",
      " ",
      " there",
      "\n\n",
      " 12",
      " times",
    ]);
    expect(splitterFor(null)("a b")).toEqual(["a b"]);
  });

  it("means Unicode's white space by \\s, in and out of classes", () => {
    expect(splitterFor(String.raw`\s`)("a\u0085b\ufeffc")).toEqual(["a", "\u0085", "b\ufeffc"]);
    expect(splitterFor(String.raw`[^\S\n]`)("a\u0085\nb")).toEqual(["a", "\u0085", "\nb"]);
  });

  it.each([
    "",
    "(?i:'s|'t)",
    String.raw`\p{N}++`,
    String.raw`\w+`,
    String.raw`\d`,
    "[[:alpha:]]",
    "[a-z&&[^b]]",
    ".",
    "^a",
    "a$",
    "(?<=a)b",
    "(?>a+)",
    "a{2}?",
    "a{,2}",
    String.raw`\p{Han}`,
    String.raw`\h`,
    "(a",
    "a)",
    "*",
  ])("that JavaScript would read otherwise, or not at all, is refused: %s", (pattern) => {
    expect(() => splitterFor(pattern)).toThrow(/^pattern: got /);
  });
});
