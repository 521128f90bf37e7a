import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, it } from "vitest";
import { assess } from "../language/run/assess.js";
import { trainLanguage } from "../language/run/train-language.js";
import { sentiment } from "../language/tasks/sentiment.js";
import { startLanguageRun } from "../node/language/start-language-run.js";
import { colours, widthOf } from "./colour.js";
import { RlhfLiveView } from "./rlhf-live-view.js";
import { RlhfPlainView } from "./rlhf-plain-view.js";
import type { RlhfView } from "./rlhf-view.js";
import { tokenStrip } from "./token-strip.js";

/** All stages of a small run, shown by a view. */
function shownBy(view: RlhfView): void {
  const training = trainLanguage({
    task: "sentiment",
    pipeline: { textUpdates: 2, textBatch: 4, pairs: 6, prompts: 3, pairBatch: 3, pairEpochs: 1 },
    options: { epochs: 1 },
    responses: 6,
  });
  const run = startLanguageRun(training, { out: join(mkdtempSync(join(tmpdir(), "ascent-views-")), "run") });
  view.begin(run);
  for (const update of run) {
    view.update(update);
    view.tick();
  }
  const assessment = assess({ task: sentiment, ...parts(training) }, { prompts: 6 });
  view.end({ result: run.close("finished"), status: "finished", seconds: 1, assessment });
}

const parts = ({ model, reference }: ReturnType<typeof trainLanguage>) => ({ model, reference });

it("the plain view has lines for each stage and what came of it", () => {
  let text = "";
  shownBy(new RlhfPlainView({ write: (part) => (text += part) }));
  for (const said of [
    "texts: ",
    "pairs: ",
    "judging: ",
    "tuning: ",
    "nats a token",
    "accuracy",
    "KL",
    "BEFORE   AFTER",
  ])
    expect(text).toContain(said);
  expect(text.indexOf("texts: ")).toBeLessThan(text.indexOf("tuning: "));
});

it("the live view keeps within the terminal, and shows a response by its tokens", () => {
  let text = "";
  const view = new RlhfLiveView({ columns: 60, rows: 30, write: (part: string) => (text += part) }, "256");
  shownBy(view);
  const frames = text.split("\x1b[?2026h").slice(1);
  const last = stripVTControlCharacters(frames[frames.length - 1]);
  for (const said of ["4 tuning", "log-ratio", "advantage", "value", "score "]) expect(last).toContain(said);
  for (const frame of frames) {
    const lines = stripVTControlCharacters(frame.split("\x1b[?2026l")[0]).split("\n");
    expect(lines.length).toBeLessThanOrEqual(31);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(60);
  }
});

it("a strip has a column for each token and a scale; without colours, signs", () => {
  const cell = (text: string, logRatio: number) => ({
    text,
    logRatio,
    change: 0,
    advantage: -logRatio,
    value: undefined,
  });
  const table = { prompt: "ab", score: 0.5, tokens: [cell("c", 0), cell("d", 2), cell("<|end|>", -1)] };
  const lines = tokenStrip(table, "none", 80, colours(false));
  expect(lines).toEqual(["score 0.5   abcd·", "log-ratio      @- ±2", "advantage      #+ ±2"]);
  expect(tokenStrip(table, "256", 80, colours(false))[1]).toContain("\x1b[48;5;45m ");
});
