// The programs of the lecture and what they print. A program in a block marked `ts` is followed by `<!-- output -->`, its
// output and `<!-- end -->`.

const CELL = /(^```ts\n([\s\S]*?)^```\n\n<!-- output -->\n)([\s\S]*?)^<!-- end -->/gm;

/** The programs on a page whose output is on it too, as { code, output }. */
export function cellsOf(text) {
  return [...text.matchAll(CELL)].map(([, , code, block]) => ({
    code,
    output: block.trim().replace(/^```text\n|```$/g, ""),
  }));
}

/** The page with other outputs, by the text of the program. */
export function withOutputs(text, outputs) {
  return text.replace(CELL, (_, cell, code) => `${cell}\n\`\`\`text\n${outputs.get(code)}\`\`\`\n\n<!-- end -->`);
}
