import fc from "fast-check";

const between = (least: number, most: number): fc.Arbitrary<string> =>
  fc.integer({ min: least, max: most }).map((point) => String.fromCodePoint(point));

/**
 * Any valid Unicode, with letters, spaces and line ends more often than by chance. (`fc.string` with `unit: "binary"`
 * first lists all code points, which takes seconds.)
 */
export const someText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(" ", "  ", "\n", "\t", "'s", "é", "e\u0301", "ß", "😀", "猫", "\ufeff", "\u0085"),
      between(0x20, 0x7e),
      between(0, 0xd7ff),
      between(0xe000, 0x10ffff),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(""));
