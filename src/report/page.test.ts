import { expect, test } from "vitest";
import { real } from "../options.js";
import type { Update } from "../training/types.js";
import type { Axis } from "./axis.js";
import { Curves } from "./curves.js";
import { type ReportContent, reportHtml } from "./page.js";

const scene = (x: number) =>
  ({
    view: { left: 0, right: 4, bottom: 0, top: 2 },
    shapes: [
      { kind: "circle", centre: [x, 1], radius: 0.5, fill: "#ff0000" },
      { kind: "text", at: [0, 0], text: "</script>", size: 1, fill: "#000000" },
    ],
  }) as const;

const updates: Update[] = Array.from({ length: 50 }, (_, i) => ({
  update: i + 1,
  episodes: 2 * i + 2,
  steps: 40 * i,
  returns: [i, i + 1],
  lengths: [20, 20],
  averageReturn: i,
  diagnostics: {
    loss: i === 7 ? Number.NaN : -i,
    entropy: 0.5,
    gradientNorm: i === 9 ? Infinity : 2,
    learningRate: 0.01,
  },
}));

function curvesOf(updates: readonly Update[], axis: Axis = "episode"): Curves {
  const curves = new Curves(axis);
  for (const update of updates) curves.add(update);
  return curves;
}

const content: ReportContent = {
  record: {
    config: {
      algorithm: "reinforce",
      env: "Mine-v0",
      envOptions: { map: "<b>SF</b>" },
      preset: "default",
      seed: "7",
      episodes: 100,
      steps: null,
      stopWhenSolved: true,
      options: { learningRate: 0.01 },
      from: null,
      ownFeatures: false,
    },
    imports: [],
    from: null,
    until: null,
    extensions: [],
    status: "finished",
    saved: true,
    error: null,
    started: "2026-01-02T03:04:05.678Z",
    ended: null,
    seconds: 1.25,
    result: {
      verdict: { kind: "solved", text: 'Solved & "done" <at> 42.' },
      solvedAtEpisode: 42,
      updates: 50,
      episodes: 100,
      steps: 2000,
      averageReturn: 475.25,
      bestEpisodeReturn: 500,
      weightsSha256: "ab".repeat(32),
    },
    versions: { ascent: "0.1.0", node: "v20" },
  },
  curves: curvesOf(updates),
  schema: { learningRate: real(0.003, { help: "Adam's step size" }) },
  preset: { options: {}, episodes: 100 },
  rewardThreshold: 475,
  command: "npx ascent train reinforce Mine-v0 --seed 7",
  episode: { scenes: [scene(1), scene(2), scene(3)], return: 12, steps: 3 },
  framesPerSecond: 10,
};

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
  expect(page.match(/>step</g)).toHaveLength(5);
  expect(html.match(/>episode</g)).toHaveLength(6);
});

test("has a chart for returns and for each diagnostic, by the name under which it is documented", () => {
  expect(html.match(/<svg [^>]*role="img"/g)).toHaveLength(5);
  expect(html).toContain(">entropy: how undecided the policy is, nats<");
  expect(html).toContain(">gradientNorm: length of the gradient before clipping<");
});

test("loads nothing from elsewhere", () => {
  expect(html.replaceAll('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:|src=|href=|url\(|@import/);
});

test("lets no text become markup: not in tables, and not by ending the script that holds the pictures", () => {
  expect(html).not.toContain("<b>");
  expect(html.match(/<\/script>/g)).toHaveLength(2);
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
