import { describe, expect, it } from "vitest";
import { cellModule, chapterOf } from "./chapters.js";
import { exerciseOf } from "./exercises.js";
import { html } from "./markdown.js";

describe("Markdown of the repository", () => {
  it("has formulae as MathML, in a line and alone, also where TeX has what Markdown reads otherwise", () => {
    const text = html("A $b^*_i \\, c^*$ and\n\n$$\\mathbb{E}[x]\n= 1$$\n\n| a |\n| --- |\n| $x\\|y$ |\n");
    expect(text.match(/<math/g)).toHaveLength(3);
    expect(text).toContain('<math display="block"');
    expect(text).not.toMatch(/\$|style=|<em>/);
  });
  it("opens chapters in the room, and leads nowhere else but to the web", () => {
    const text = html("[a](06-credit.md) [b](../estimators.md#x) [c](https://c.example)");
    expect(text).toContain('<a href="#view=lecture" data-chapter="6">a</a>');
    expect(text).toContain("<a>b</a>");
    expect(text).toContain('href="https://c.example"');
  });
});

describe("a chapter", () => {
  const page = [
    "# Title",
    "One.",
    "```ts\nconsole.log(1);\n```",
    "<!-- output -->",
    "```text\n1\n```",
    "<!-- end -->",
    "## The claims",
    "<!-- from the code: claims 3 -->",
    "|  | claim | verdict | why | measured |\n| --- | --- | --- | --- | --- |\n| 7 | a | **holds if** | b \\| c | 1 |",
    "<!-- end -->",
  ].join("\n\n");

  it("is text, programs with their output, and claims", () => {
    const { title, parts } = chapterOf(3, page);
    expect(title).toBe("Title");
    expect(parts.map(({ kind }) => kind)).toEqual(["text", "cell", "text", "claims"]);
    expect(parts[1]).toEqual({ kind: "cell", id: "3-1", code: "console.log(1);\n", output: "1\n" });
    expect(parts[3]).toMatchObject({
      claims: [{ number: 7, says: "a", verdict: "holds if", because: "b | c", measured: "1" }],
    });
  });
  it("has programs that run as often as one likes: imports stay in front, the rest is a function", () => {
    expect(cellModule('import {\n  a,\n} from "ascent";\nimport { b } from "ascent/envs";\n\na(b);\n')).toBe(
      'import {\n  a,\n} from "ascent";\nimport { b } from "ascent/envs";\n\nexport async function run(console: Pick<Console, "log">): Promise<void> {\na(b);\n}\n',
    );
    expect(cellModule("f();\n")).toMatch(/^export async function run/);
  });
});

it("an exercise has hints by function, and a task without what to type in a terminal", () => {
  const files: Readonly<Record<string, string>> = {
    "task.md": "# T\n\nDo it.\n\n## Commands\n\n    npx\n\n## Parts\n\nNone.\n",
    "hints.md": "# Hints\n\n## f\n\n1. First.\n2. The line:\n\n       f();\n\n## g\n\n1. Only.\n",
    "explanation.md": "# Why\n\nBecause.\n",
    "starter.ts": "s",
    "solution.ts": "t",
  };
  const exercise = exerciseOf((name) => files[name]);
  expect(exercise.task).toBe("<p>Do it.</p>\n<h3>Parts</h3><p>None.</p>\n");
  expect(exercise.hints).toEqual({
    f: ["<p>First.</p>\n", "<p>The line:</p>\n<pre><code>f();\n</code></pre>\n"],
    g: ["<p>Only.</p>\n"],
  });
  expect(exercise.explanation).toBe("<p>Because.</p>\n");
});
