/** One token a character. */

import { ConfigError } from "../../errors.js";
import { requireKnown } from "../../options.js";
import { checkText } from "./check-text.js";
import type { Tokenizer } from "./tokenizer.js";
import { tokenizerOf } from "./tokenizer-of.js";
import { ROLES, type SpecialTokens, specialTokens, type VocabularyData, vocabularyFrom } from "./vocabulary.js";

/** A character tokenizer as plain data. */
export interface CharacterData extends VocabularyData {
  readonly type: "characters";
}

/**
 * A tokenizer with one token for each Unicode character (code point) of `text`, which may be an alphabet or a whole
 * corpus. Characters are sorted by code point, so the order of the text does not matter. Behind them stand the tokens
 * end, pad and, if it is given, begin.
 *
 * @throws ConfigError if the text is empty or not valid Unicode, or two tokens are the same
 */
export function characterTokenizer(text: string, special: SpecialTokens = {}): Tokenizer<CharacterData> {
  checkText(text);
  if (text === "") throw new ConfigError({ field: "text", given: text, allowed: "at least one character" });
  requireKnown(special, ROLES);
  const alphabet = [...new Set(text)].sort((a, b) => codePoint(a) - codePoint(b));
  const { roles, list } = specialTokens(special);
  return characterTokenizerFrom({ vocabulary: [...alphabet, ...list], special: list, ...roles });
}

/** @throws ConfigError if a token that is not special has more than one character, or as `vocabularyFrom` */
export function characterTokenizerFrom(given: VocabularyData): Tokenizer<CharacterData> {
  const checked = vocabularyFrom(given);
  const { data, ids, special } = checked;
  const { vocabulary } = data;
  vocabulary.forEach((token, id) => {
    if (special.has(id) || token.length === String.fromCodePoint(codePoint(token)).length) return;
    throw new ConfigError({ field: `vocabulary[${id}]`, given: token, allowed: "one character or a special token" });
  });
  const characters = new Map([...ids].filter(([, id]) => !special.has(id)));
  return tokenizerOf(checked, {
    encode(text, result, start) {
      let place = start;
      for (const character of text) {
        const id = characters.get(character);
        if (id === undefined) throw unknownCharacter(character, place, characters.size);
        result.push(id);
        place += character.length;
      }
    },
    decode: (tokens) => tokens.map((id) => vocabulary[id]).join(""),
    toJSON: () => ({ type: "characters", ...data }),
  });
}

function codePoint(character: string): number {
  return character.codePointAt(0) as number;
}

function unknownCharacter(character: string, place: number, known: number): ConfigError {
  const name = `U+${codePoint(character).toString(16).toUpperCase().padStart(4, "0")}`;
  const allowed = `one of the ${known} characters of this tokenizer, of which ${name} is none`;
  return new ConfigError({ field: `text[${place}]`, given: character, allowed });
}
