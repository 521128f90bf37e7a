import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { resumeRun, startRun } from "../node/start-run.js";
import { trainNamed } from "../training/train.js";
import { Doubts } from "./doubts.js";

const cancelling = { returns: "whole-episode", baseline: "none", normalise: "episode", hidden: [4] };
const config = (options: Record<string, unknown>, env: string) => {
  return { algorithm: "reinforce", env, episodes: 45, seed: 0, options };
};

/** A run in a fresh folder to its end, and what is doubtful about it. */
function doubtsOf(options: Record<string, unknown>, env = "CartPole-v1"): { doubts: string; out: string } {
  const out = join(mkdtempSync(join(tmpdir(), "doubts-")), "run");
  const doubts = new Doubts();
  const run = startRun(trainNamed(config(options, env)), { out, log: [doubts] });
  doubts.begin(run);
  for (const _ of run);
  return { doubts: doubts.about(run.close("finished")), out };
}

it("the doubts about a run are the doctor's gravest findings, and none about a healthy one", () => {
  expect(doubtsOf(cancelling).doubts).toBe("gradient-zero");
  expect(doubtsOf({ hidden: [4] }).doubts).toBe("");
});

it("the doubts about a run that goes on are about its updates before that too", () => {
  // Its goal is far, so every episode earns 0; 40 of them count.
  const { out } = doubtsOf({ hidden: [4] }, "FrozenLake8x8-v1");
  const doubts = new Doubts();
  const run = resumeRun(out, { episodes: 46, log: [doubts] });
  doubts.begin(run);
  for (const _ of run);
  const result = run.close("finished");
  expect(result.updates).toBe(46);
  expect(doubts.about(result)).toBe("returns-equal");
});
