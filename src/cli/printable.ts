/**
 * Text from outside, such as the names of folders and the messages of errors, made harmless. Its control characters would
 * move the cursor, change the colours or the title of the terminal, or type for the user.
 */

/** Control characters other than tabs and line ends, written as `\x1b`. */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t\n]/gu, hexadecimal);
}

/** As `printable`, in one line. */
export function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, hexadecimal);
}

/** JSON escapes only some control characters, and a terminal obeys the others too. */
export function printableJson(value: unknown, indent?: number): string {
  const escaped = (character: string): string => `\\u00${code(character)}`;
  return JSON.stringify(value, null, indent).replaceAll(/[^\P{Cc}\n]/gu, escaped);
}

function hexadecimal(character: string): string {
  return `\\x${code(character)}`;
}

function code(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, "0");
}
