/** The bits of the dots of a braille character, which has two columns and four rows of them, row by row. */
const BITS = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80] as const;

export const DOTS_ACROSS = 2;
export const DOTS_DOWN = 4;

/** The braille character with a dot wherever `isSet` holds, or a blank if it holds nowhere. */
export function brailleLetter(isSet: (x: number, y: number) => boolean): string {
  let bits = 0;
  BITS.forEach((bit, i) => {
    if (isSet(i % DOTS_ACROSS, Math.floor(i / DOTS_ACROSS))) bits |= bit;
  });
  return bits === 0 ? " " : String.fromCodePoint(0x2800 + bits);
}
