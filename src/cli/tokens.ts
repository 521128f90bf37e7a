/** Splits the arguments of the program into tokens, once. Whether a word is the value of the option before it is decided later. */

export interface Word {
  readonly kind: "word";
  readonly text: string;
}

export interface TypedOption {
  readonly kind: "option";
  /** The name without dashes. */
  readonly name: string;
  /** The name with dashes, as typed. */
  readonly typed: string;
  /** The text after its `=`, if any. */
  readonly inline: string | undefined;
}

export type Token = Word | TypedOption;

/** Recognises `--name`, `--name=value`, `-x` and words. Negative numbers and everything after `--` are words. */
export function tokenise(args: readonly string[]): Token[] {
  const end = args.indexOf("--");
  const before = end < 0 ? args : args.slice(0, end);
  const after = end < 0 ? [] : args.slice(end + 1);
  return [...before.map(token), ...after.map((text): Word => ({ kind: "word", text }))];
}

function token(text: string): Token {
  const parts = /^(--?)([^\d.=-][^=]*)(?:=(.*))?$/s.exec(text);
  if (parts === null) return { kind: "word", text };
  const [, dashes, name, inline] = parts;
  return { kind: "option", name, typed: dashes + name, inline };
}

/** The values of an option, for use before the flags are known: the text after its `=`, or the next word. */
export function valuesGiven(tokens: readonly Token[], name: string): string[] {
  return tokens.flatMap((one, i) => {
    if (one.kind !== "option" || one.name !== name) return [];
    const next = tokens[i + 1];
    return one.inline ?? (next?.kind === "word" ? next.text : []);
  });
}
