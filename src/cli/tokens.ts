/** The arguments of the program, taken apart once. What follows an option may be its value: that depends on the option. */

export interface Word {
  readonly kind: "word";
  readonly text: string;
}

export interface TypedOption {
  readonly kind: "option";
  /** Without the dashes. */
  readonly name: string;
  /** With the dashes, as it was typed. */
  readonly typed: string;
  /** What stands behind its `=`. */
  readonly inline: string | undefined;
}

export type Token = Word | TypedOption;

/** `--name`, `--name=value`, `-x` and words. Everything after `--` is a word, and so are negative numbers. */
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

/** The values of an option, before its flags are known: what stands behind its `=`, or else the word after it. */
export function valuesGiven(tokens: readonly Token[], name: string): string[] {
  return tokens.flatMap((one, i) => {
    if (one.kind !== "option" || one.name !== name) return [];
    const next = tokens[i + 1];
    return one.inline ?? (next?.kind === "word" ? next.text : []);
  });
}
