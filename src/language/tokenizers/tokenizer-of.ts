/** Joins a vocabulary with a way to write ordinary text in it. */

import { ConfigError } from "../../errors.js";
import { requireKnown } from "../../options.js";
import { checkText } from "./check-text.js";
import { checkedTokenizer, type TextOptions, type Tokenizer } from "./tokenizer.js";
import type { Vocabulary } from "./vocabulary.js";

/** How ordinary text becomes ids and ids become text. */
export interface Coder<Data> {
  /** Appends the ids of a text, which begins at `place` of the whole. */
  encode(text: string, ids: number[], place: number): void;
  /** The text of any tokens, also of special ones. */
  decode(ids: readonly number[]): string;
  toJSON(): Data;
}

export function tokenizerOf<Data>({ data, ids, special }: Vocabulary, coder: Coder<Data>): Tokenizer<Data> {
  const { vocabulary, begin } = data;
  const idOf = (token: string): number => ids.get(token) as number;
  const cut = cutter(data.special);
  return checkedTokenizer({
    size: vocabulary.length,
    end: idOf(data.end),
    pad: idOf(data.pad),
    begin: begin === undefined ? undefined : idOf(begin),
    encode(text, options = {}) {
      checkText(text);
      const result: number[] = [];
      let place = 0;
      // Every second piece is a special token.
      const pieces = wantsSpecial(options) ? text.split(cut) : [text];
      pieces.forEach((piece, i) => {
        if (i % 2 === 1) result.push(idOf(piece));
        else if (piece !== "") coder.encode(piece, result, place);
        place += piece.length;
      });
      return result;
    },
    decode(given, options = {}) {
      const all = checkedIds(given, vocabulary.length);
      return coder.decode(wantsSpecial(options) ? all : all.filter((id) => !special.has(id)));
    },
    toJSON: coder.toJSON,
  });
}

const OPTIONS: readonly (keyof TextOptions)[] = ["special"];

function wantsSpecial(options: TextOptions): boolean {
  requireKnown(options, OPTIONS);
  const { special = false } = options;
  if (typeof special === "boolean") return special;
  throw new ConfigError({ field: "special", given: special, allowed: "true or false" });
}

/** Matches any of the special tokens: the leftmost, and of those that begin there the longest. */
function cutter(special: readonly string[]): RegExp {
  const longestFirst = [...special].sort((a, b) => b.length - a.length);
  return new RegExp(`(${longestFirst.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|")})`, "u");
}

function checkedIds(given: ArrayLike<number>, size: number): number[] {
  if (typeof given !== "object" || given === null || !Number.isInteger(given.length))
    throw new ConfigError({ field: "ids", given, allowed: "a list of ids" });
  return Array.from(given, (id, i) => {
    if (Number.isInteger(id) && id >= 0 && id < size) return id;
    throw new ConfigError({ field: `ids[${i}]`, given: id, allowed: `a whole number from 0 to ${size - 1}` });
  });
}
