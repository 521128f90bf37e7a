/**
 * Cuts text into words before byte pairs are merged, so that no token reaches over the edge of a word.
 *
 * Patterns are written as Hugging Face's tokenizers write them, in the syntax of Oniguruma. They are read in the part
 * of it that means the same in JavaScript, and \s, which does not, is translated to Unicode's White_Space.
 *
 * \p{L} and \p{N} are those of the engine's Unicode version. A later version has more letters and digits, all of them
 * code points that were unassigned before; so two engines can cut a text differently only where it has characters
 * that one of them does not know yet.
 */

import { ConfigError } from "../../errors.js";

/** GPT-2's pattern: contractions, words, numbers and signs, each with the space before it, and space before space. */
export const GPT2_PATTERN = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

/** The words of a text in their order. Joined, they are the text. */
export type Splitter = (text: string) => string[];

/**
 * A splitter that makes a word of each match and of what lies between two matches. With null, a text is one word.
 *
 * @throws ConfigError for a pattern outside the part of the syntax described above
 */
export function splitterFor(pattern: string | null): Splitter {
  if (pattern === null) return (text) => [text];
  const regex = translated(pattern);
  return (text) => {
    const words: string[] = [];
    let end = 0;
    for (const { 0: word, index } of text.matchAll(regex)) {
      if (index > end) words.push(text.slice(end, index));
      if (word !== "") words.push(word);
      end = index + word.length;
    }
    if (end < text.length) words.push(text.slice(end));
    return words;
  };
}

const SHARED = String.raw`\\[sSnrt]|\\[pP]\{[LMNPSZC][a-z]?\}|\\[\\^$.*+?()[\]{}|/]`;
const IN_CLASS = String.raw`${SHARED}|\\-|&(?!&)|[^\\[\]&]`;

/** One part of a pattern: a character, a class of characters, a group, a quantifier. */
const PART = new RegExp(
  String.raw`${SHARED}|\[\^?(?:${IN_CLASS})+\]|\(\?[:=!]|\((?!\?)|[)|?*+]|\{\d+(?:,\d*)?\}(?!\?)|[^\\[\]{}()^$.|?*+]`,
  "uy",
);

function translated(pattern: string): RegExp {
  const refuse = (why: string): ConfigError => {
    const allowed = `a pattern of characters, classes, groups, lookahead, alternatives and repetition, with ${String.raw`\s, \p{L}`} and the like${why}`;
    return new ConfigError({ field: "pattern", given: pattern, allowed });
  };
  if (typeof pattern !== "string" || pattern === "") throw refuse("");
  const parts: string[] = [];
  for (let place = 0; place < pattern.length; ) {
    PART.lastIndex = place;
    const part = PART.exec(pattern)?.[0];
    if (part === undefined) throw refuse(`; ${JSON.stringify(pattern.slice(place, place + 8))} is none of them`);
    parts.push(part.replace(/\\([\s\S])/g, (whole, letter) => SPACE.get(letter) ?? whole));
    place += part.length;
  }
  try {
    return new RegExp(parts.join(""), "gu");
  } catch (error) {
    throw refuse(` (${(error as Error).message})`);
  }
}

/** JavaScript's own \s has U+FEFF and lacks U+0085. */
const SPACE: ReadonlyMap<string, string> = new Map([
  ["s", String.raw`\p{White_Space}`],
  ["S", String.raw`\P{White_Space}`],
]);
