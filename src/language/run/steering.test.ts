import { describe, expect, it } from "vitest";
import type { Update } from "../../training/types.js";
import type { LanguageConfig } from "./language-config.js";
import type { LanguageTraining } from "./language-training.js";
import type { Reward } from "./rewards.js";
import { resumeLanguage, trainLanguage } from "./train-language.js";

/** Zeros, so that there is something to learn at once, and the policy leaves its reference. */
const reward: Reward = ({ response }) => response.split("0").length;
const options = { beta: 0.1, warmup: 0, learningRate: 0.01, samplesPerPrompt: 2 };
const digits: LanguageConfig = {
  task: "sort",
  trainer: "rloo",
  options,
  reward,
  pipeline: { textUpdates: 1, prompts: 2 },
  responses: 16,
  seed: 5,
};

/** All updates of a run whose β becomes another one before some of them. */
function steered(run: LanguageTraining, changes: Readonly<Record<number, number>>): Update[] {
  const updates: Update[] = [];
  while (!run.finished) {
    const beta = changes[run.updates + 1];
    if (beta !== undefined) run.setBeta(beta);
    updates.push(run.advance()!);
  }
  return updates;
}

describe.each(["rloo", "reinforce", "ppo", "grpo"] as const)("β of %s", (trainer) => {
  const config: LanguageConfig = { ...digits, trainer };

  it("acts from the next update on, and is in the log", () => {
    const [left, moved] = [trainLanguage(config), trainLanguage(config)];
    const plain = steered(left, {});
    const changed = steered(moved, { 4: 5 });
    const betas = (updates: Update[]) =>
      updates.slice(1).map(({ diagnostics: { beta } }) => Math.round(beta * 1e6) / 1e6);
    expect(betas(plain)).toEqual([0.1, 0.1, 0.1, 0.1]);
    expect(betas(changed)).toEqual([0.1, 0.1, 5, 5]);
    expect(changed.slice(0, 3)).toEqual(plain.slice(0, 3));
    // What was drawn before the change is the same, and what was learned from it is not.
    expect(changed[3].returns).toEqual(plain[3].returns);
    expect(moved.result().weightsSha256).not.toBe(left.result().weightsSha256);
  });

  it("is repeated by the same changes, and kept by a checkpoint", () => {
    const run = trainLanguage(config);
    const updates = steered(run, { 3: 2, 4: 0 });
    expect(run.steered).toEqual([
      { update: 3, beta: 2 },
      { update: 4, beta: 0 },
    ]);
    const again = trainLanguage(config);
    expect(steered(again, Object.fromEntries(run.steered.map(({ update, beta }) => [update, beta])))).toEqual(updates);
    expect(again.checkpoint()).toEqual(run.checkpoint());

    const stopped = trainLanguage(config);
    for (let i = 0; i < 2; i++) stopped.advance();
    stopped.setBeta(2);
    const resumed = resumeLanguage(stopped.checkpoint(), { reward });
    expect(resumed.beta).toBe(2);
    expect(steered(resumed, { 4: 0 })).toEqual(updates.slice(2));
    expect(resumed.checkpoint()).toEqual(run.checkpoint());
  });
});

describe("a change of β", () => {
  it("may come before tuning, and the last before an update counts", () => {
    const run = trainLanguage(digits);
    run.setBeta(1);
    run.setBeta(2);
    expect([run.beta, run.steered]).toEqual([2, [{ update: 1, beta: 2 }]]);
    run.setBeta(2);
    run.advance();
    run.setBeta(2);
    expect(run.steered).toHaveLength(1);
  });

  it("leaves no trace in the checkpoint of a run that nobody steers", () => {
    const text = new TextDecoder().decode(trainLanguage(digits).checkpoint().slice(0, 4000));
    expect(text).toContain("preferences");
    expect(text).not.toContain("steered");
  });

  it("is refused for numbers that are no price, after the end, and where β is no price", () => {
    const run = trainLanguage({ ...digits, responses: 4 });
    for (const beta of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => run.setBeta(beta)).toThrow("at least 0");
    expect(run.steered).toEqual([]);
    for (const _ of run);
    expect(() => run.setBeta(1)).toThrow("this run has ended");
    const preferring = trainLanguage({ task: "sentiment", trainer: "dpo", pipeline: { pairs: 4, pairBatch: 4 } });
    expect(preferring.beta).toBeUndefined();
    expect(() => preferring.setBeta(1)).toThrow("this trainer has no β that may change");
  });
});
