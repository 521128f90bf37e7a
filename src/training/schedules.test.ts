/** Options that are functions of progress, and what resuming a run asks for. */

import { describe, expect, it } from "vitest";
import type { Schedules } from "./schedules.js";
import { resume, train } from "./train.js";
import type { Training } from "./types.js";

const falling = (progress: number): number => 0.003 * (1 - progress) ** 2;
const options = { hidden: [4], learningRate: falling, rolloutSteps: 16, envs: 2, minibatchSize: 16, epochs: 1 };
const started = (): Training => train({ algorithm: "ppo", steps: 128, options });
const TEXT = /^a function of progress, from 0\.003 to 0 \(its values: [0-9a-f]{16}\)$/;

const rates = (run: Training): number[] => [...run].map(({ diagnostics }) => diagnostics.learningRate);

describe("a learning rate that is a function of progress", () => {
  it("is followed, also where a default has a share that would be left of a number", () => {
    expect(rates(started())).toEqual([0, 0.25, 0.5, 0.75].map(falling));
    const own = { learningRate: falling, envs: 2, rolloutSteps: 16, hidden: [4] };
    const run = train({ algorithm: "actor-critic", steps: 128, options: own });
    expect(run.config.options.finalLearningRate).toBe(0);
    expect(rates(run)).toEqual([0, 0.25, 0.5, 0.75].map(falling));
  });

  it("takes no share beside it, unless another rate is a number", () => {
    expect(() => train({ algorithm: "ppo", options: { ...options, finalLearningRate: 0 } })).toThrow(
      "options.finalLearningRate: got 0, allowed is nothing beside learningRate, given as a function, which says itself",
    );
    expect(() => train({ algorithm: "ppo", options: { clipRange: falling, finalClipRange: 0.5 } })).toThrow(
      "options.finalClipRange: got 0.5, allowed is nothing beside clipRange",
    );
    const rate = { learningRate: falling, finalLearningRate: 0.5 };
    expect(train({ algorithm: "vpg", options: rate }).config.options.finalLearningRate).toBe(0.5);
    expect(() => train({ algorithm: "vpg", options: { ...rate, valueLearningRate: falling } })).toThrow(
      "allowed is nothing beside learningRate and valueLearningRate",
    );
  });

  it("gives the bits of a number where it is constant, in each algorithm, also for the value network", () => {
    for (const algorithm of ["reinforce", "actor-critic", "a2c", "vpg"] as const) {
      const hash = (learningRate: number | (() => number)): string => {
        const own = { hidden: [4], learningRate, ...(typeof learningRate === "number" && { finalLearningRate: 1 }) };
        const both = algorithm === "a2c" ? own : { ...own, valueLearningRate: learningRate };
        const run = train({ algorithm, steps: 200, options: both });
        for (const _ of run);
        return run.result().weightsSha256;
      };
      expect(hash(() => 0.01)).toBe(hash(0.01));
      expect(hash(() => 0.02)).not.toBe(hash(0.01));
    }
  });

  it("is a text in the config, with its ends and a digest of its values", () => {
    expect(started().config.options.learningRate).toMatch(TEXT);
    const other = train({ algorithm: "ppo", options: { learningRate: (progress) => 0.003 * (1 - progress) } });
    expect(other.config.options.learningRate).not.toBe(started().config.options.learningRate);
  });

  it("must give numbers that the option allows, all over the run", () => {
    const rising = (progress: number): number => (progress < 0.5 ? 0.1 : Number.NaN);
    expect(() => train({ options: { learningRate: rising } })).toThrow(
      'options.learningRate: got "NaN at progress 0.5", allowed is a number of at least 0',
    );
    expect(() => train({ options: { learningRate: () => -1 } })).toThrow('got "-1 at progress 0"');
    expect(() => train({ options: { learningRate: "falling" as never } })).toThrow(
      'options.learningRate: got "falling", allowed is a number of at least 0 (in a program also a function of progress)',
    );
  });
});

describe("a clip range that is a function of progress", () => {
  it("is followed too: a range of 0 counts every ratio that moved", () => {
    const clipped = (clipRange: number | ((progress: number) => number)): number[] =>
      [
        ...train({ algorithm: "ppo", steps: 128, options: { ...options, learningRate: 0.01, epochs: 4, clipRange } }),
      ].map(({ diagnostics }) => diagnostics.clipFraction);
    const closing = clipped((progress) => (progress < 0.5 ? 1e9 : 0));
    expect(closing.slice(0, 2)).toEqual([0, 0]);
    expect(Math.min(...closing.slice(2))).toBeGreaterThan(0.5);
  });
});

describe("a run with such a function, resumed,", () => {
  const half = started();
  half.advance();
  half.advance();
  const bytes = half.checkpoint();

  it("goes on with the same bits where the function is passed again", () => {
    const whole = started();
    for (const _ of whole);
    const resumed = resume(bytes, { schedules: { learningRate: falling } });
    expect(rates(resumed)).toEqual([0.5, 0.75].map(falling));
    expect(resumed.result().weightsSha256).toBe(whole.result().weightsSha256);
  });

  it("asks for the function where it is missing", () => {
    const wrong: (Schedules | undefined)[] = [undefined, {}, { learningRate: 0.1 as never }];
    for (const schedules of wrong)
      expect(() => resume(bytes, { schedules })).toThrow(
        /^schedules: got .*, allowed is \{ learningRate: … \}, this run's own: a function of progress, from 0\.003 to 0 .*pass it again$/,
      );
  });

  it("refuses a function with other values, and one for an option that was none", () => {
    expect(() => resume(bytes, { schedules: { learningRate: (progress) => 0.003 * (1 - progress) } })).toThrow(
      /^schedules: got "learningRate, a function of progress, from 0\.003 to 0 .*", allowed is learningRate as it was: a function/,
    );
    const both = { learningRate: falling, clipRange: () => 0.2 };
    expect(() => resume(bytes, { schedules: both })).toThrow('schedules: got "clipRange", allowed is learningRate');
    const plain = train({ episodes: 20 }).checkpoint();
    expect(() => resume(plain, { schedules: { learningRate: falling } })).toThrow(
      'schedules: got "learningRate", allowed is nothing: this run\'s options are plain values',
    );
  });
});
