/** Breaks a text into lines of at most so many columns, between words only: names, flags and paths stay whole. */
export function wrap(text: string, columns: number): string[] {
  return text.split("\n").flatMap((line) => wrapLine(line, columns));
}

function wrapLine(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** A message as a stream shows it: a terminal would break its lines anywhere, and a file keeps them. */
export function wrapFor({ isTTY, columns }: { isTTY?: boolean; columns?: number }, text: string): string {
  return isTTY && columns !== undefined ? wrap(text, columns).join("\n") : text;
}
