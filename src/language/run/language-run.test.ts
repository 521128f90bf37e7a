import { describe, expect, it } from "vitest";
import { CorruptFileError } from "../../formats/safetensors.js";
import { defaultRng } from "../../random/index.js";
import { resume } from "../../training/train.js";
import type { Update } from "../../training/types.js";
import { digitTask } from "../tasks/digits.js";
import { sentiment } from "../tasks/sentiment.js";
import type { LanguageTask } from "../tasks/task.js";
import { rloo } from "../trainers/rloo.js";
import type { LanguageConfig } from "./language-config.js";
import { readLanguageModel } from "./language-model.js";
import type { LanguageTraining } from "./language-training.js";
import { resumeLanguage, trainLanguage } from "./train-language.js";
import { writeBest } from "./write-best.js";

/** All four stages in a few updates each. */
const small: LanguageConfig = {
  task: "sentiment",
  seed: 3,
  pipeline: { textUpdates: 2, textBatch: 8, pairs: 12, prompts: 6, pairBatch: 6, pairEpochs: 1 },
  options: { epochs: 1 },
  responses: 12,
};
const digits: LanguageConfig = {
  task: "sort",
  trainer: "rloo",
  pipeline: { textUpdates: 1, prompts: 2 },
  responses: 16,
};

const all = (run: LanguageTraining): Update[] => [...run];

describe("a run on a language task", () => {
  const run = trainLanguage(small);
  const checkpoints = [run.checkpoint()];
  const stages: string[] = [];
  const updates: Update[] = [];
  for (const update of run) {
    updates.push(update);
    stages.push(run.stage.name);
    checkpoints.push(run.checkpoint());
  }

  it("goes through its stages, and counts tokens in all and episodes in the last", () => {
    expect(updates.map(({ diagnostics }) => diagnostics.stage)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    expect(updates.map(({ episodes }) => episodes)).toEqual([0, 0, 0, 0, 0, 0, 6, 12]);
    for (const [i, { steps }] of updates.entries()) expect(steps).toBeGreaterThan(updates[i - 1]?.steps ?? 0);
    const last = updates[updates.length - 1];
    expect(last.lastSteps.at(-1)).toBe(last.steps);
    expect(last.lengths.reduce((a, b) => a + b, 0)).toBe(last.steps - updates[updates.length - 2].steps);
    expect(run.finished).toBe(true);
    expect(stages.at(-1)).toBe("tuning");
    expect(run.advance()).toBeUndefined();
    expect(run.preferences).toHaveLength(12);
    expect(run.result()).toMatchObject({ updates: 8, episodes: 12, steps: last.steps });
    expect(run.result().verdict.text).toMatch(/^12 responses are too few/);
    expect(trainLanguage(small).result().verdict.text).toBe("No response is complete yet.");
  });

  it("has its bits from the seed alone", () => {
    expect(all(trainLanguage(small))).toEqual(updates);
    expect(all(trainLanguage({ ...small, seed: 4 }))[0]).not.toEqual(updates[0]);
  });

  it("goes on from a checkpoint of any stage with the same bits", () => {
    for (const done of [0, 1, 3, 5, 7]) {
      const resumed = resumeLanguage(checkpoints[done]);
      expect(resumed.updates).toBe(done);
      expect(all(resumed)).toEqual(updates.slice(done));
      expect(resumed.checkpoint()).toEqual(checkpoints[checkpoints.length - 1]);
    }
  });

  it("does the same with `for await`", async () => {
    const later: Update[] = [];
    for await (const update of trainLanguage(small)) later.push(update);
    expect(later).toEqual(updates);
  });

  it("scores tokens with the very probabilities that they were drawn with, so the first ratio is 1", () => {
    expect(updates[6].diagnostics.ratioError).toBe(0);
    expect(updates[6].diagnostics.kl).toBe(0);
    expect(updates[7].diagnostics.ratioError).toBeUndefined();
  });

  it("leaves the reference as the texts made it", () => {
    const before = trainLanguage(small);
    before.advance();
    before.advance();
    expect(run.reference.toBytes()).toEqual(before.model.toBytes());
    expect(run.model.toBytes()).not.toEqual(before.model.toBytes());
  });

  it("shows responses token by token: log-ratios add up to the divergence of the response", () => {
    const tables = run.tokenTables(3);
    expect(tables).toHaveLength(3);
    tables.forEach(({ tokens }, i) => {
      expect(tokens.reduce((sum, { logRatio }) => sum + logRatio, 0)).toBeCloseTo(run.responses[i].kl, 10);
      expect(tokens.every(({ value }) => typeof value === "number")).toBe(true);
    });
  });

  it("refuses other bytes, and tells its own from those of other runs", () => {
    expect(() => resume(checkpoints[0])).toThrow("holds a language");
    const damaged = checkpoints[0].slice();
    damaged[damaged.length - 1] ^= 1;
    expect(() => resumeLanguage(damaged)).toThrow(CorruptFileError);
    expect(() => readLanguageModel(checkpoints[0])).toThrow(CorruptFileError);
    expect(() => resumeLanguage(run.model.toBytes())).toThrow("trainLanguage({ from: bytes })");
  });
});

describe("a run with a trainer on preferences", () => {
  const preferring: LanguageConfig = {
    ...small,
    trainer: "dpo",
    options: {},
    responses: undefined,
    // 10 pairs in parts of 4, 4 and 2.
    pipeline: { ...small.pipeline, pairs: 10, pairBatch: 4, pairEpochs: 2 },
  };
  const run = trainLanguage(preferring);
  const checkpoints = [run.checkpoint()];
  const updates: Update[] = [];
  for (const update of run) {
    updates.push(update);
    checkpoints.push(run.checkpoint());
  }
  const tuning = updates.filter(({ diagnostics }) => diagnostics.stage === 3);

  it("learns from the pairs and no reward model, in the epochs that it was told", () => {
    expect(updates.map(({ diagnostics }) => diagnostics.stage)).toEqual([0, 0, 1, 1, 3, 3, 3, 3, 3, 3]);
    expect(tuning.map(({ returns }) => returns.length)).toEqual([8, 8, 4, 8, 8, 4]);
    expect(run.config).toMatchObject({ algorithm: "dpo", episodes: 40, envOptions: { reward: "learned" } });
    expect(run.result().episodes).toBe(40);
    const [{ diagnostics, info, returns }] = tuning;
    expect(diagnostics).toMatchObject({ margin: 0, accuracy: 0, kl: 0, ratioError: 0 });
    expect(diagnostics.loss).toBeCloseTo(Math.log(2), 6);
    expect(diagnostics.learningRate).toBeGreaterThan(0);
    expect(info.gold).toBeCloseTo(returns.reduce((a, b) => a + b, 0) / returns.length, 12);
    expect(tuning[5].diagnostics.margin).not.toBe(0);
    expect(run.model.toBytes()).not.toEqual(run.reference.toBytes());
  });

  it("goes on from any checkpoint with the same bits", async () => {
    for (const done of [3, 4, 5, 8]) {
      const resumed = resumeLanguage(checkpoints[done]);
      expect(all(resumed)).toEqual(updates.slice(done));
      expect(resumed.checkpoint()).toEqual(checkpoints[checkpoints.length - 1]);
    }
    const later: Update[] = [];
    for await (const update of resumeLanguage(checkpoints[7])) later.push(update);
    expect(later).toEqual(updates.slice(7));
  });

  it("ends with its budget, in the middle of an epoch", () => {
    const short = trainLanguage({ ...preferring, responses: 26 });
    expect(short.counts.tuning).toBe(4);
    expect(
      all(short)
        .slice(4, 8)
        .map(({ returns }) => returns),
    ).toEqual(tuning.slice(0, 4).map(({ returns }) => returns));
  });

  it("has no advantages, and values responses by the reward that its policy is the optimum of", () => {
    const [table] = run.tokenTables(1);
    expect(table.tokens.every(({ advantage }) => advantage === undefined)).toBe(true);
    const written = run.model.write(["the film was"], {}, defaultRng(3));
    expect(run.score(written)[0]).not.toBe(0);
    const untouched = trainLanguage({ ...preferring, pipeline: { ...preferring.pipeline, textUpdates: 0 } });
    for (let i = 0; i < 2; i++) untouched.advance();
    expect([...untouched.score(untouched.model.write(["the film was"], {}, defaultRng(3)))]).toEqual([0]);
  });

  it("takes preferences that are given, and refuses a reward, which it would not see", () => {
    const { preferences } = run;
    const given = trainLanguage({ ...preferring, preferences, pipeline: { textUpdates: 1, pairBatch: 5 } });
    expect(given.counts).toEqual({ texts: 1, pairs: 0, judging: 0, tuning: 8 });
    expect(given.config.envOptions).toMatchObject({ judge: "given", pairs: 10 });
    expect(() => trainLanguage({ ...preferring, reward: () => 1 })).toThrow("dpo learns from preferences");
    expect(() => trainLanguage({ task: "sort", trainer: "dpo", pipeline: { reward: "gold" } })).toThrow(
      "dpo learns from preferences",
    );
    expect(trainLanguage({ task: "sort", trainer: "dpo" }).config.envOptions.reward).toBe("learned");
  });
});

describe("the best of n", () => {
  it("are those that the run's reward likes best, and have a bound", () => {
    const run = trainLanguage(small);
    for (const _ of run);
    const prompts = ["the film was", "the cast was"];
    const { chosen, reward, klBound } = writeBest(run, sentiment, prompts, { n: 4 }, defaultRng(1));
    const all = run.model.write(
      prompts.flatMap((prompt) => Array(4).fill(prompt)),
      {},
      defaultRng(1),
    );
    const rewards = [...run.score(all)];
    expect(chosen.map((one) => one.reward)).toEqual([Math.max(...rewards.slice(0, 4)), Math.max(...rewards.slice(4))]);
    expect(chosen.map(({ prompt }) => prompt)).toEqual(prompts);
    expect(reward.best).toBeGreaterThanOrEqual(reward.all);
    expect(klBound).toBeCloseTo(Math.log(4) - 3 / 4, 12);
    // The guard of the task holds here too.
    rewards.forEach((worth, i) => {
      if (all[i].ids.length < 30 || !all[i].ended) expect(worth).toBeLessThanOrEqual(-1);
    });
  });

  it("may be chosen by a reward of one's own, and of one response is that", () => {
    const run = trainLanguage({ ...digits, reward: ({ response }) => response.length });
    const { chosen, reward, klBound } = writeBest(run, digitTask("sort"), ["352014>"], { n: 1 }, defaultRng(1));
    expect(reward).toEqual({ all: chosen[0].response.length, best: chosen[0].response.length });
    expect(klBound).toBe(0);
  });
});

describe("a model", () => {
  it("is written and read with its tokenizer, and writes the same", () => {
    const { model } = trainLanguage(digits);
    const again = readLanguageModel(model.toBytes());
    const write = (of: typeof model) => of.write(["352014>", "1>"], {}, defaultRng(1));
    expect(write(again)).toEqual(write(model));
    expect(again.toBytes()).toEqual(model.toBytes());
  });

  it("can be what another run begins with, which then learns from no texts", () => {
    const first = trainLanguage(digits);
    first.advance();
    const run = trainLanguage({ ...digits, pipeline: { prompts: 2 }, from: first.reference.toBytes() });
    expect(run.model.toBytes()).toEqual(first.reference.toBytes());
    expect(run.stage.name).toBe("tuning");
    expect(run.config.from).toMatch(/^[0-9a-f]{64}$/);
    const resumed = resumeLanguage(run.checkpoint());
    expect(all(resumed)).toEqual(all(run));
    expect(() => trainLanguage({ task: "sentiment", from: first.model.toBytes() })).toThrow("a model of this task");
  });
});

describe("a reward of one's own", () => {
  const long = ({ response }: { response: string }) => response.length / 10;

  it("may be a number or named parts, whose means are told", () => {
    const [, update] = all(trainLanguage({ ...digits, reward: (sample) => ({ long: long(sample), one: 1 }) }));
    const mean = update.returns.reduce((a, b) => a + b, 0) / update.returns.length;
    expect(update.info.one).toBeCloseTo(1, 12);
    expect(update.info.long).toBeCloseTo(mean - 1, 12);
  });

  it("may come later, with the same bits, and is needed again to go on", async () => {
    const now = trainLanguage({ ...digits, reward: long });
    const later = trainLanguage({ ...digits, reward: async (sample) => long(sample) });
    expect(later.asynchronous).toBe(true);
    const updates: Update[] = [];
    for await (const update of later) updates.push(update);
    expect(updates).toEqual(all(now));
    expect(() => resumeLanguage(later.checkpoint())).toThrow("reward");
    expect(resumeLanguage(later.checkpoint(), { reward: long }).finished).toBe(true);
  });

  it.each([
    ["gives no number", () => Number.NaN, "gave NaN"],
    [
      "throws",
      () => {
        throw new Error("no net");
      },
      "no net",
    ],
    ["gives a promise where none is awaited", async () => 1, "for await"],
  ])("that %s stops the run with its response", (_, reward, said) => {
    const run = trainLanguage({ ...digits, pipeline: { textUpdates: 0, prompts: 2 }, reward });
    expect(() => run.advance()).toThrow(said);
    expect(() => run.advance()).toThrow("the reward of response 0");
  });

  it("may have no limit of time, and no part with the name of a figure of the run", async () => {
    const pipeline = { textUpdates: 0, prompts: 2 };
    const later = async () => 1;
    const run = trainLanguage({ ...digits, pipeline, rewardSeconds: Number.POSITIVE_INFINITY, reward: later });
    expect((await run.advanceAsync())?.returns).toContain(1);
    const named = trainLanguage({ ...digits, pipeline, reward: () => ({ gold: 5 }) });
    expect(() => named.advance()).toThrow("a part named gold");
    const odd = trainLanguage({ ...digits, pipeline, reward: () => ({ constructor: 1 }) });
    expect(odd.advance()?.info.constructor).toBe(1);
  });

  it("that takes too long stops the run", async () => {
    const pipeline = { textUpdates: 0, prompts: 2 };
    const run = trainLanguage({ ...digits, pipeline, rewardSeconds: 0.01, reward: () => new Promise(() => {}) });
    await expect(run.advanceAsync()).rejects.toThrow("took longer than 0.01 s");
  });
});

it("warns where the divergence does nothing, or nobody knows what", () => {
  const warning = (options: Record<string, unknown>) => trainLanguage({ ...digits, options }).warning;
  expect(warning({ beta: 0.1, klPlace: "loss" })).toContain("as if beta were 0");
  expect(warning({ beta: 0.1, kl: "k3" })).toContain("no optimum");
  for (const fine of [{ beta: 0.1 }, { beta: 0, klPlace: "loss" }, { beta: 0.1, kl: "k2", klPlace: "loss" }])
    expect(warning(fine)).toBeUndefined();
});

describe("the guard", () => {
  it("makes responses that are short or were cut worth −1", () => {
    const pipeline = { textUpdates: 0, prompts: 8, shortest: 4 };
    const run = trainLanguage({ ...digits, pipeline, responses: 32, reward: () => 1 });
    const update = run.advance() as Update;
    update.lengths.forEach((length, i) => {
      const cut = length === 7;
      if (length < 4) expect(update.returns[i]).toBe(-1);
      else if (!cut) expect(update.returns[i]).toBe(1);
    });
    expect(new Set(update.returns).size).toBe(2);
  });
});

describe("preferences", () => {
  it("may be given, and stand in the checkpoint", () => {
    const preferences = [
      { prompt: "the film was", chosen: " warm and the cast was lovely.", rejected: " dull and the cast was cold." },
      { prompt: "the end was", chosen: " bright and the cast was warm.", rejected: " dull." },
    ];
    const run = trainLanguage({ ...small, pipeline: { textUpdates: 1, prompts: 6, pairEpochs: 1 }, preferences });
    run.advance();
    const bytes = run.checkpoint();
    const updates = all(run);
    expect(updates.map(({ diagnostics }) => diagnostics.stage)).toEqual([2, 3, 3]);
    expect(all(resumeLanguage(bytes))).toEqual(updates);
    expect(() => trainLanguage({ ...small, preferences: [] })).toThrow("preferences");
    expect(() => trainLanguage({ ...digits, pipeline: { reward: "gold" }, preferences })).toThrow("preferences");
  });

  it("may come from a judge, who is asked again where there was no answer", async () => {
    const seen: string[] = [];
    let answers = 0;
    const judge = (a: { response: string }, b: { response: string }): 0 | 1 | undefined => {
      seen.push(`${a.response}\n${b.response}`);
      return answers++ === 1 ? undefined : 1;
    };
    const run = trainLanguage({ ...small, pipeline: { ...small.pipeline, textUpdates: 0, pairs: 3 }, judge });
    expect(() => trainLanguage({ ...small, pipeline: { ...small.pipeline, textUpdates: 0 }, judge }).advance()).toThrow(
      "advanceAsync",
    );
    await run.advanceAsync();
    expect(await run.advanceAsync()).toBeUndefined();
    expect(run.preferences).toHaveLength(1);
    await run.advanceAsync();
    expect(seen[2]).toBe(seen[1]);
    expect(run.preferences.map(({ chosen }) => chosen)).toEqual([seen[0], seen[1]].map((pair) => pair.split("\n")[1]));
  });
});

it.each([
  [[], "at least one"],
  [[{ prompt: "", chosen: " a", rejected: " b" }], "preferences[0].prompt"],
  [[{ prompt: "the film was", chosen: " Ä", rejected: " b" }], "preferences[0]"],
  [[{ prompt: "the film was", chosen: " a".repeat(40), rejected: " b" }], "preferences[0].chosen"],
  [[{ prompt: "the film was", chosen: " a", rejected: " a" }], "differ"],
])("the preferences %j are refused before the run begins", (preferences, said) => {
  expect(() => trainLanguage({ ...small, preferences })).toThrow(said);
});

it("refuses a judge who would not be asked", () => {
  const judge = () => 0 as const;
  expect(() => trainLanguage({ ...digits, judge })).toThrow("judge");
  expect(() => trainLanguage({ ...small, judge, reward: () => 1 })).toThrow("judge");
});

describe("a task and a trainer of one's own", () => {
  const task: LanguageTask = { ...digitTask("reverse"), name: "backwards" };

  it("are trained as the built-in ones, and needed again to go on", () => {
    const trainer = { ...rloo, name: "mine" };
    const run = trainLanguage({
      task,
      trainer,
      options: { samplesPerPrompt: 2 },
      pipeline: { textUpdates: 0, prompts: 2 },
      responses: 4,
    });
    const bytes = run.checkpoint();
    expect(run.config).toMatchObject({ algorithm: "mine", env: "language/backwards" });
    expect(all(run)).toHaveLength(1);
    expect(() => resumeLanguage(bytes)).toThrow("trainer");
    expect(() => resumeLanguage(bytes, { trainer })).toThrow("task");
    expect(all(resumeLanguage(bytes, { task, trainer }))).toHaveLength(1);
  });

  it("have to be complete", () => {
    expect(() => trainLanguage({ task: { ...task, name: "sort" } })).toThrow("task.name");
    expect(() => trainLanguage({ task: { ...task, longest: 1 } })).toThrow("task.longest");
    expect(() => trainLanguage({ task: { ...task, gold: undefined as never } })).toThrow("task.gold");
    expect(() => trainLanguage({ task: { ...task, gold: () => Number.NaN } })).toThrow("task.gold");
    expect(() => trainLanguage({ task: { ...task, prompt: () => "" } })).toThrow("task.prompt");
    expect(() => trainLanguage({ task: { ...task, example: () => undefined as never } })).toThrow("task.example");
    expect(() => trainLanguage({ task: { ...task, isValid: () => undefined as never } })).toThrow("task.isValid");
  });
});

it.each([
  [{ task: "sorted" }, "Did you mean sort?"],
  [{ trainer: "pppo" }, "Did you mean ppo?"],
  [{ options: { bta: 1 } }, "Did you mean beta?"],
  [{ pipeline: { pairz: 1 } }, "Did you mean pairs?"],
  [{ pipeline: { reward: "last-digit" } }, "sentiment has no digits"],
  [{ responses: 0 }, "responses"],
  [{ rewardSeconds: 0 }, "rewardSeconds"],
  [{ reward: 1 }, "reward"],
  [{ judge: 1 }, "judge"],
  [{ steps: 1 }, "steps"],
  [null, "config"],
])("the config %j is refused", (config, said) => {
  expect(() => trainLanguage(config as LanguageConfig)).toThrow(said);
});
