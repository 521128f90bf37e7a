/** The marks inside a paragraph. */

import { formulaText } from "./formula.js";
import { ACCENTS } from "./symbols.js";

/** What a terminal does with marked words. Plain text is the identity for each. */
export interface Marks {
  readonly strong: (text: string) => string;
  readonly code: (text: string) => string;
}

/** A piece of a paragraph that keeps its mark when lines are broken. */
export interface Word {
  readonly text: string;
  readonly mark: keyof Marks | undefined;
}

/** Code stays on a line as far as it is no longer than this. */
const WHOLE = 60;

/**
 * The words of a paragraph: `**strong**` and `` `code` `` keep their marks, a formula becomes Unicode and stays whole, and of a
 * link its text is left, and its target if that is on the web.
 */
export function wordsOf(text: string): readonly (readonly Word[])[] {
  const words: Word[][] = [[]];
  const add = (part: string, mark: Word["mark"], whole: boolean): void => {
    const [first, ...rest] = whole ? [part] : part.split(" ");
    if (first !== "") words.at(-1)!.push({ text: first, mark });
    for (const next of rest) words.push(next === "" ? [] : [{ text: next, mark }]);
  };
  const linked = text.replace(/\[([^\]]*)\]\(([^)]*)\)/g, (_, label: string, target: string) =>
    /^https?:/.test(target) ? `${label} (${target})` : label,
  );
  for (const part of linked.split(/(\$[^$]+\$|`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/)) {
    if (/^\$.+\$$/.test(part)) add(formulaText(part.slice(1, -1)), undefined, true);
    else if (/^`.+`$/.test(part)) add(part.slice(1, -1), "code", part.length <= WHOLE);
    else if (/^\*\*.+\*\*$/.test(part)) add(part.slice(2, -2), "strong", false);
    else if (/^\*.+\*$/.test(part)) add(part.slice(1, -1), undefined, false);
    else add(part, undefined, false);
  }
  return words.filter((word) => word.length > 0);
}

/** Lines of at most so many columns, broken between words. */
export function filled(text: string, columns: number, marks: Marks): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let width = 0;
  for (const word of wordsOf(text)) {
    const wide = word.reduce((sum, { text }) => sum + widthOf(text), 0);
    const shown = word.map(({ text, mark }) => (mark === undefined ? text : marks[mark](text))).join("");
    if (width > 0 && width + 1 + wide > columns) {
      lines.push(line);
      line = shown;
      width = wide;
    } else {
      line += width > 0 ? ` ${shown}` : shown;
      width += width > 0 ? 1 + wide : wide;
    }
  }
  return width > 0 ? [...lines, line] : lines;
}

const ABOVE = new Set(Object.values(ACCENTS));

/** Columns of a text without colours. A mark that is set above the letter before it takes none. */
export function widthOf(text: string): number {
  return [...text].filter((letter) => !ABOVE.has(letter)).length;
}
