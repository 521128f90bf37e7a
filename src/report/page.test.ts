import { expect, test } from "vitest";
import { someReport as content, curvesOf, someUpdates as updates } from "../../test/some-report.js";
import { reportHtml } from "./page.js";

const html = reportHtml(content);

test("shows the result of the run, its settings, and the command that repeats it", () => {
  expect(html).toContain("Solved &amp; &quot;done&quot; &lt;at&gt; 42.");
  expect(html).toContain('<td class="value changed">0.01</td><td class="help">Adam\'s step size</td>');
  expect(html).toContain("npx ascent train reinforce Mine-v0 --seed 7");
  expect(html).toContain("return 12 in 3 steps");
});

test("the report of a stopped run does not claim that its command gives the same result", () => {
  const stopped = reportHtml({ ...content, record: { ...content.record, status: "interrupted" } });
  expect(html).toContain("Same command, same bits: the weights’ SHA-256 is <code>abab");
  expect(stopped).toContain("was stopped after 2,000 steps, when the weights’ SHA-256 was <code>abab");
});

test("the report of a run with fast numerics says that its bits belong to the machine", () => {
  const { record } = content;
  const fast = reportHtml({ ...content, record: { ...record, config: { ...record.config, numerics: "fast (avx2)" } } });
  expect(fast).toContain("numerics fast (avx2)");
  expect(fast).toContain("Fast numerics: the same command gives the same bits only on such a machine.");
  expect(fast).not.toContain("Same command, same bits");
});

test("a run in steps has steps among its settings and below its curves", () => {
  const config = { ...content.record.config, episodes: null, steps: 5000 };
  const page = reportHtml({
    ...content,
    record: { ...content.record, config },
    curves: curvesOf(updates, "step"),
    preset: { options: {}, steps: 4000 },
  });
  expect(page).toContain('<code>steps</code></th><td class="value changed">5000</td>');
  expect(page).not.toContain("<code>episodes</code>");
  expect(page.match(/>step</g)).toHaveLength(4);
  expect(html.match(/>episode</g)).toHaveLength(6);
});

test("has a chart for returns, in two widths, and for each diagnostic that varies, by its documented name", () => {
  expect(html.match(/<svg [^>]*role="img"/g)).toHaveLength(4);
  expect(html).toContain(">loss: not a measure of success<");
  expect(html).toContain(">gradientNorm: length of the gradient before clipping<");
  expect(html).toContain("The same in every update: <code>entropy</code> 0.5, <code>learningRate</code> 0.01.");
});

test("draws evaluations with their intervals beside the returns of training", () => {
  const curves = curvesOf(updates);
  for (let i = 1; i <= 2500; i++)
    curves.addEvaluation({ mean: i, interval: [i - 1, i + 1], episodes: i, steps: 40 * i });
  const { x, low, high } = curves.evaluations;
  expect([x.length < 1001, x.at(-1)! > 2490, high.at(-1)! - low.at(-1)!]).toEqual([true, true, 2]);
  expect(reportHtml({ ...content, curves })).toContain(">evaluated<");
  expect(html).not.toContain(">evaluated<");
});

test("holds the values of each chart at the updates that the pointer can stop at", () => {
  expect(html).toMatch(
    /<figure data-label="gradientNorm" data-places="2 4 6 [^"]*" data-values="2 2 2 2 2 2 2 2 2 – 2/,
  );
  const many = Array.from({ length: 4_000 }, (_, i) => ({ ...updates[i % 50], episodes: i + 1 }));
  const page = reportHtml({ ...content, curves: curvesOf(many) });
  const [, places, values] = /data-label="loss" data-places="([^"]*)" data-values="([^"]*)"/.exec(page) ?? [];
  expect([places, values].map((list) => list.split(" ").length)).toEqual([401, 401]); // every tenth, and the last
  expect([places.split(" ").at(-1), values.split(" ").at(-1)]).toEqual(["4000", "-49"]);
});

test("loads nothing from elsewhere", () => {
  expect(html.replaceAll('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:|src=|href=|url\(|@import/);
});

test("lets no text become markup: not in tables, and not by ending the script that holds the pictures", () => {
  expect(html).not.toContain("<b>");
  expect(html.match(/<\/script>/g)).toHaveLength(3);
  const [, json] = /id="frames">(.*)<\/script>/.exec(html) as RegExpExecArray;
  expect(json).not.toContain("<");
  const { shapes, frames } = JSON.parse(json) as { shapes: string[]; frames: number[][] };
  expect(frames).toHaveLength(3);
  expect(shapes.filter((shape) => shape.includes("text"))).toEqual([expect.stringContaining("&lt;/script&gt;")]);
});

test("a failed run has its reason; a run without episodes or pictures has neither curves nor player", () => {
  const record = { ...content.record, status: "failed", error: "<disk> full", result: null } as const;
  const bare = reportHtml({ ...content, record, curves: curvesOf([]), episode: { scenes: [], return: 0, steps: 1 } });
  expect(bare).toContain("Failed: &lt;disk&gt; full");
  expect(bare).not.toMatch(/<svg|<script/);
});
