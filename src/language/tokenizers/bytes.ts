/**
 * GPT-2's way to write bytes as text: one character a byte, none of which is a space or a control character, so that
 * tokens can stand in a file whose fields are separated by spaces. The space is written Ġ.
 *
 * Bytes that are printable in Latin-1 stand for themselves. The others are, in their order, the characters from U+0100.
 */

/** The character of each byte. */
const characters: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte).map((byte, _, all) =>
  String.fromCodePoint(
    isPrintable(byte) ? byte : 256 + all.filter((other) => other < byte && !isPrintable(other)).length,
  ),
);

const bytes: ReadonlyMap<string, number> = new Map(characters.map((character, byte) => [character, byte]));

/** The characters of all bytes, sorted by code point: the first 256 tokens of GPT-2. */
export const BYTE_TOKENS: readonly string[] = [...characters].sort();

function isPrintable(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
}

/** The character that stands for a byte. */
export function byteCharacter(byte: number): string {
  return characters[byte];
}

/** The bytes that a token stands for, or undefined if it has a character that stands for none. */
export function bytesOf(token: string): Uint8Array | undefined {
  const found = Array.from(token, (character) => bytes.get(character));
  return found.includes(undefined) ? undefined : Uint8Array.from(found as number[]);
}
