/** What a program printed, beside what the book says. */

export interface ComparedLine {
  readonly printed: string | undefined;
  /** What the book has there, if it is otherwise. */
  readonly book: string | undefined;
}

/** Line by line. White space at ends of lines doesn't count. */
export function compareLines(printed: string, book: string): readonly ComparedLine[] {
  const [own, stored] = [linesOf(printed), linesOf(book)];
  return Array.from({ length: Math.max(own.length, stored.length) }, (_, i) => ({
    printed: own[i],
    book: own[i] === stored[i] ? undefined : (stored[i] ?? ""),
  }));
}

function linesOf(text: string): string[] {
  const trimmed = text.trimEnd();
  return trimmed === "" ? [] : trimmed.split("\n").map((line) => line.trimEnd());
}
