/** Which line of the source each line of the emitted code came from, read from a source map. */

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * `lines[i]` is the line of the source, counted from 1, of line i + 1 of the emitted code; 0 if it comes from none. Of several
 * in a line, the first counts. `mappings` is that of a source map of one source.
 */
export function sourceLines(mappings: string): number[] {
  let source = 0;
  return mappings.split(";").map((line) => {
    let first: number | undefined;
    for (const segment of line.split(",")) {
      const fields = numbersIn(segment);
      if (fields.length < 4) continue;
      source += fields[2];
      first ??= source;
    }
    return first === undefined ? 0 : first + 1;
  });
}

/** Numbers in base 64: five bits a digit, the lowest first; the sixth bit says that more follow. The last bit is the sign. */
function numbersIn(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const letter of segment) {
    const digit = DIGITS.indexOf(letter);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit >= 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = shift = 0;
  }
  return numbers;
}
