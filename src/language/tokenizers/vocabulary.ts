/** The tokens of a tokenizer by id, and which of them are special. */

import { ConfigError, nearest, show } from "../../errors.js";
import { checkText } from "./check-text.js";

/** The texts of special tokens by role. */
export interface SpecialTokens {
  /** The token that ends a text. Default `<|end|>`. */
  readonly end?: string | undefined;
  /** The token that fills batches up. Default `<|pad|>`. */
  readonly pad?: string | undefined;
  /** The token that begins a text. By default there is none. */
  readonly begin?: string | undefined;
}

/** The names of `SpecialTokens`. */
export const ROLES: readonly (keyof SpecialTokens)[] = ["end", "pad", "begin"];

/** A vocabulary as plain data. */
export interface VocabularyData {
  /** The text of each token; its index is its id. */
  readonly vocabulary: readonly string[];
  /** The special tokens. All others are made from ordinary text. */
  readonly special: readonly string[];
  readonly end: string;
  readonly pad: string;
  readonly begin?: string | undefined;
}

/** A vocabulary that has been checked. */
export interface Vocabulary {
  readonly data: VocabularyData;
  readonly ids: ReadonlyMap<string, number>;
  readonly special: ReadonlySet<number>;
}

/**
 * The texts by role, with those that were left open, and as a list in the order of their ids.
 *
 * @throws ConfigError naming a role whose text is empty or no text
 */
export function specialTokens({ end = "<|end|>", pad = "<|pad|>", begin }: SpecialTokens): {
  readonly roles: Pick<VocabularyData, "end" | "pad" | "begin">;
  readonly list: readonly string[];
} {
  const roles = begin === undefined ? { end, pad } : { end, pad, begin };
  for (const [role, text] of Object.entries(roles)) requireText(text, role);
  return { roles, list: [...new Set(Object.values(roles))] };
}

/** @throws ConfigError naming the field that is missing, damaged or in contradiction to another */
export function vocabularyFrom(given: VocabularyData): Vocabulary {
  const { end, pad, begin } = given;
  for (const field of ["vocabulary", "special"] as const) requireTexts(given[field], field);
  const vocabulary = Object.freeze([...given.vocabulary]);
  const special = Object.freeze([...given.special]);
  const ids = new Map(vocabulary.map((token, id) => [token, id]));
  const twice = vocabulary.findIndex((token, id) => ids.get(token) !== id);
  if (twice !== -1) {
    const token = vocabulary[twice];
    const field = ROLES.find((role) => given[role] === token) ?? `vocabulary[${twice}]`;
    const allowed = `a text that no other token has; ids ${twice} and ${ids.get(token)} have it`;
    throw new ConfigError({ field, given: token, allowed });
  }
  special.forEach((token, i) => {
    if (!ids.has(token) || special.indexOf(token) !== i)
      throw new ConfigError({ field: `special[${i}]`, given: token, allowed: "a token of the vocabulary, once" });
  });
  const roles = begin === undefined ? { end, pad } : { end, pad, begin };
  for (const [field, token] of Object.entries(roles)) {
    if (special.includes(token)) continue;
    const allowed = `one of the special tokens: ${special.map(show).join(", ")}`;
    throw new ConfigError({ field, given: token, allowed, nearest: nearest(token, special) });
  }
  const data = { vocabulary, special, ...roles };
  return { data, ids, special: new Set(special.map((token) => ids.get(token) as number)) };
}

function requireTexts(given: unknown, field: string): void {
  if (!Array.isArray(given)) throw new ConfigError({ field, given, allowed: "a list of texts" });
  for (const [i, text] of given.entries()) requireText(text, `${field}[${i}]`);
}

function requireText(text: string, field: string): void {
  checkText(text, field);
  if (text === "") throw new ConfigError({ field, given: text, allowed: "a text that is not empty" });
}
