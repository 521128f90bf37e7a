/** Tokenizers of Hugging Face's Python package and ours give the same ids, whoever trained them or wrote the file. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { read } from "../../../test/golden/read.js";
import { ConfigError } from "../../errors.js";
import { characterTokenizer, readTokenizerJson, type Tokenizer, trainBpe, writeTokenizerJson } from "../index.js";
import type { BpeData } from "./bpe.js";

interface Answers {
  readonly read: readonly (readonly number[] | null)[];
  readonly plain: Readonly<Record<number, readonly number[] | null>>;
  readonly decoded: readonly (readonly [ids: readonly number[], ordinary: string, all: string])[];
}
type Classes = Readonly<Record<"letters" | "numbers" | "spaces" | "unassigned", readonly number[]>>;

const folder = fileURLToPath(new URL("../../../test/golden/tokenizers/", import.meta.url));
const { corpus, texts } = read<{ corpus: readonly string[]; texts: readonly string[] }>("tokenizers/texts");
const golden = read<Readonly<Record<string, Answers>>>("tokenizers");
const { classes } = read<{ classes: Classes }>("tokenizers");
const fileOf = (name: string): string => readFileSync(`${folder}${name}.json`, "utf8");
const filesBy = (author: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(author))
    .map((name) => name.replace(".json", ""));

function expectAnswers(tokenizer: Tokenizer, { read, plain, decoded }: Answers): void {
  const expectIds = (text: string, special: boolean, ids: readonly number[] | null): void => {
    if (ids === null) expect(() => tokenizer.encode(text, { special }), text).toThrow(ConfigError);
    else expect(tokenizer.encode(text, { special }), JSON.stringify(text)).toEqual(ids);
  };
  texts.forEach((text, i) => {
    expectIds(text, true, read[i]);
    expectIds(text, false, i in plain ? plain[i] : read[i]);
  });
  for (const [ids, ordinary, all] of decoded) {
    expect(tokenizer.decode(ids)).toBe(ordinary);
    expect(tokenizer.decode(ids, { special: true })).toBe(all);
  }
}

describe("a tokenizer.json that Python wrote", () => {
  it.each(filesBy("theirs"))("gives Python's ids and texts: %s", (name) => {
    expectAnswers(readTokenizerJson(fileOf(name)), golden[name]);
  });

  it("means the same with merges as texts, as older files have them", () => {
    const file = JSON.parse(fileOf("theirs-bytes"));
    expect(file.model.merges[0]).toEqual(["a", "n"]);
    file.model.merges = file.model.merges.map((pair: readonly string[]) => pair.join(" "));
    expectAnswers(readTokenizerJson(JSON.stringify(file)), golden["theirs-bytes"]);
  });

  it.each(filesBy("theirs"))("is written again with the same meaning: %s", (name) => {
    const again = readTokenizerJson(writeTokenizerJson(readTokenizerJson(fileOf(name))));
    expect(again.toJSON()).toEqual(readTokenizerJson(fileOf(name)).toJSON());
  });
});

describe("training", () => {
  it.each(["theirs-bytes", "theirs-split"])("merges the pairs that Python merges, in the same order: %s", (name) => {
    const theirs = readTokenizerJson(fileOf(name)).toJSON() as BpeData;
    const { size: vocabulary } = readTokenizerJson(fileOf(name));
    const ours = trainBpe(corpus, { vocabulary, pattern: theirs.pattern ?? undefined }).toJSON();
    expect(theirs.merges.length).toBeGreaterThan(100);
    expect(ours.merges).toEqual(theirs.merges);
  });
});

describe("a tokenizer.json of ours", () => {
  const pattern = (readTokenizerJson(fileOf("theirs-split")).toJSON() as BpeData).pattern as string;
  const ours: Readonly<Record<string, Tokenizer>> = {
    "ours-bytes": trainBpe(corpus, { vocabulary: 380 }),
    "ours-characters": characterTokenizer(corpus.join(""), { begin: "<|begin|>" }),
    "ours-split": trainBpe(corpus, { vocabulary: 330, pattern, end: "<|stop|>", begin: "<|stop|>" }),
  };

  it.each(Object.entries(ours))("is the file that Python has read: %s", async (name, tokenizer) => {
    await expect(writeTokenizerJson(tokenizer)).toMatchFileSnapshot(`${folder}${name}.json`);
  });

  it.each(Object.entries(ours))("has the same ids and texts in Python: %s", (name, tokenizer) => {
    expectAnswers(tokenizer, golden[name]);
  });
});

describe("the classes of characters", () => {
  const members = (edges: readonly number[]): Uint8Array => {
    const all = new Uint8Array(0x110000);
    for (let i = 0; i < edges.length; i += 2) all.fill(1, edges[i], edges[i + 1] + 1);
    return all;
  };
  const unassigned = members(classes.unassigned);

  it.each([
    ["letters", /\p{L}/u],
    ["numbers", /\p{N}/u],
    ["spaces", /\p{White_Space}/u],
  ] as const)("are Python's, except where a later Unicode has assigned new characters: %s", (name, pattern) => {
    const theirs = members(classes[name]);
    const differing: number[] = [];
    for (let point = 0; point < 0x110000; point++) {
      if (pattern.test(String.fromCodePoint(point)) !== (theirs[point] === 1)) differing.push(point);
    }
    expect(differing.filter((point) => unassigned[point] === 0)).toEqual([]);
  });
});
