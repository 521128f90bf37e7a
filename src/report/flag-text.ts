/** Options as they are typed on a command line: the way back from what `parseValue` reads. */

import { typedValue } from "../options.js";

/** `learningRate` as a flag, without its dashes: `learning-rate`. */
export function flagName(option: string): string {
  return option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `--hidden 64,64`, `--discount-weight`, `--until=false`. */
export function flagText(name: string, value: unknown): string {
  if (value === true) return `--${name}`;
  return value === false ? `--${name}=false` : `--${name} ${shellWord(typedValue(value))}`;
}

/** Text as one word of a POSIX shell: in quotes where the shell would take it apart. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
