/** Where in the user's code an error was thrown. */

/** The name under which the user's code runs, as it stands in the stacks of errors. */
export const NAME = "own-env.js";

const FRAME = new RegExp(`${NAME}:(\\d+)`);

/**
 * The line of the source where an error came from, counted from 1: that of the innermost call in the user's code. An error
 * that Ascent throws about it has the first one as its cause. Undefined if none of them came through the user's code.
 */
export function lineOf(error: unknown, lines: readonly number[]): number | undefined {
  let line: number | undefined;
  for (let each = error; each instanceof Error; each = each.cause) {
    const frame = FRAME.exec(each.stack ?? "");
    if (frame !== null) line = lines[Number(frame[1]) - 1] || undefined;
  }
  return line;
}
