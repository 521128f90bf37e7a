import { describe, expect, it } from "vitest";
import { blocksOf } from "./blocks.js";
import { typeset } from "./typeset.js";

const plain = (text: string): string => text;
const setIn = (columns: number, page: string, answers = false): string =>
  blocksOf(page)
    .flatMap((block) =>
      typeset(block, { columns, answers, heading: plain, faint: plain, strong: (text) => `<${text}>`, code: plain }),
    )
    .join("\n");

describe("a page in a terminal", () => {
  it("breaks paragraphs between words, and keeps code and formulae whole", () => {
    expect(setIn(20, "# Title\n\nOne two `three four` five $a = b$ and **six seven**.\n")).toBe(
      "Title\n\nOne two three four\nfive a = b and <six>\n<seven>.\n",
    );
  });

  it("leaves the text of links, and the targets of those on the web", () => {
    expect(setIn(80, "See [here](x.md) and [there](https://a.example).")).toBe(
      "See here and there (https://a.example).\n",
    );
  });

  it("keeps the output of a cell apart, so that it can be run anew", () => {
    const cell = "```ts\nconsole.log(1);\n```\n\n<!-- output -->\n\n```text\n1\n```\n\n<!-- end -->\n";
    expect(blocksOf(cell)).toEqual([{ kind: "cell", code: "console.log(1);\n", output: "1\n" }]);
    expect(setIn(80, cell)).toBe("│ console.log(1);\n");
  });

  it("shows answers only when asked to", () => {
    const page = "<details><summary>Why?</summary>\n\nBecause.\n\n</details>\n";
    expect(setIn(80, page)).toBe("? Why?\n");
    expect(setIn(80, page, true)).toBe("? Why?\n\n  Because.\n");
  });

  it("sets a table in columns where it fits, and otherwise a paragraph for each row", () => {
    const page = "| a | b |\n| --- | --- |\n| 1 | two \\| three |\n";
    expect(setIn(80, page)).toBe("a  b\n1  two | three\n");
    expect(setIn(10, page)).toBe("<1>\n  b: two |\n  three\n");
    expect(setIn(10, page.replace("| a", "|  "))).toBe("<1. two |>\n<three>\n");
  });

  it("sets items, pictures and formulae apart, and leaves comments out", () => {
    const page = "<!-- a note -->\n\n- one\n- two\n  three\n\n![A curve](x.svg)\n\n$$x^2$$\n";
    expect(setIn(80, page)).toBe("• one\n\n• two three\n\n  A curve: x.svg\n\n    x²\n");
  });
});
