import { describe, expect, it } from "vitest";
import type { Given, Schema } from "../../options.js";
import { defaultRng } from "../../random/index.js";
import { noGrad } from "../../tensor/index.js";
import { gpt } from "../gpt/gpt.js";
import { gptPolicy } from "../gpt/gpt-policy.js";
import { type RewardModel, rewardModel } from "../reward-model.js";
import { type Sequence, tokenRows } from "../sequences.js";
import { createLearner, createRewardLearner } from "./create-learner.js";
import { dpo } from "./dpo.js";
import type { Pairs } from "./pairs.js";
import type { rewardModelTrainer } from "./reward-model.js";
import { sft } from "./sft.js";
import type { LanguageLearner, LanguageTrainer } from "./trainer.js";

const special = { end: 8, pad: 9 };
const config = { vocabulary: 10, context: 12, layers: 1, heads: 2, width: 16 };
const made = (seed = 1) => gpt(config, defaultRng(seed));
const sequences: Sequence[] = [
  { prompt: [1], response: [2, 3, 4, 5, 8] },
  { prompt: [1, 1], response: [8] },
  { prompt: [4, 3, 2], response: [1, 8] },
];

function onPolicy<D, S extends Schema>(
  trainer: LanguageTrainer<D, S>,
  model: ReturnType<typeof made>,
  given: Given<S> = {},
  updates?: number,
): LanguageLearner<D> {
  const options = { maxGradNorm: 0, warmup: 0, ...given };
  return createLearner(trainer, {
    policy: gptPolicy(model),
    reference: gptPolicy(made()),
    options,
    rng: defaultRng(0),
    updates,
  });
}

const gradients = (model: { parameters(): { grad?: { toArray(): Float32Array } | undefined }[] }) =>
  model.parameters().map(({ grad }) => grad!.toArray());

const logProbsOf = (model: ReturnType<typeof made>, of: readonly Sequence[]): number[] => [
  ...noGrad(() => gptPolicy(model).forward(tokenRows(of, special)).logProbs.toArray()),
];

describe("sft", () => {
  it("1: takes the mean over response tokens, the end included", () => {
    const model = made();
    const right = -logProbsOf(model, sequences).reduce((a, b) => a + b, 0) / 8;
    expect(onPolicy(sft, model).update({ sequences, special }, 0).loss).toBeCloseTo(right, 5);
  });

  it("2: has the gradient of the whole batch, in parts of any size", () => {
    const found = [1, 2, 3].map((partSize) => {
      const model = made();
      onPolicy(sft, model, { partSize }).update({ sequences, special }, 0);
      return gradients(model);
    });
    found[2].forEach((whole, p) => {
      const size = Math.max(...whole.map(Math.abs));
      for (const parts of found.slice(0, 2))
        parts[p].forEach((slope, i) => void expect(Math.abs(slope - whole[i])).toBeLessThan(1e-5 * size + 1e-9));
    });
  });

  it("3: lets matrices decay, and neither biases nor gains", () => {
    const [plain, decayed] = [0, 0.5].map((weightDecay) => {
      const model = made();
      onPolicy(sft, model, { weightDecay, learningRate: 0.1 }).update({ sequences, special }, 0);
      return model.parameters();
    });
    const before = made().parameters();
    plain.forEach((p, i) => {
      const [a, b, was] = [p, decayed[i], before[i]].map((one) => one.toArray());
      const factor = p.shape.length > 1 ? 0.1 * 0.5 : 0;
      a.forEach((value, j) => void expect(b[j]).toBeCloseTo(value - factor * was[j], 6));
    });
  });

  it("4: has a learning rate that rises over its first share, and then falls", () => {
    const rates = { warmup: 0.1, learningRate: 1e-3, finalLearningRate: 0.1 };
    const rateAt = (progress: number, updates?: number) =>
      onPolicy(sft, made(), rates, updates).update({ sequences, special }, progress).learningRate;
    expect(rateAt(0)).toBe(0);
    expect(rateAt(0.05)).toBeCloseTo(0.5e-3 * (1 - 0.9 * 0.05), 9);
    expect(rateAt(0.5)).toBeCloseTo(1e-3 * 0.55, 9);
    expect(rateAt(1)).toBeCloseTo(1e-4, 9);
    // Of 40 updates the first 4 have a quarter, a half, three quarters and all of it.
    for (const update of [0, 1, 2, 3])
      expect(rateAt(update / 40, 40)).toBeCloseTo(((update + 1) / 4) * 1e-3 * (1 - (0.9 * update) / 40), 9);
  });

  it("learns its texts by heart", () => {
    const model = made();
    const learner = onPolicy(sft, model, { learningRate: 0.01 });
    let loss = Number.POSITIVE_INFINITY;
    for (let update = 0; update < 100; update++) loss = learner.update({ sequences, special }, update / 100).loss;
    expect(loss).toBeLessThan(0.05);
  });
});

const pairs: Pairs = {
  pairs: [
    { prompt: [1], chosen: [2, 8], rejected: [3, 4, 8] },
    { prompt: [1, 5], chosen: [2, 2, 2, 8], rejected: [3, 8] },
  ],
  special,
};

describe("dpo", () => {
  it("begins with a loss of ln 2, to the last bit of float32, and a margin of 0", () => {
    const { loss, margin, accuracy } = onPolicy(dpo, made()).update(pairs, 0);
    expect(loss).toBe(Math.fround(Math.LN2));
    expect([margin, accuracy]).toEqual([0, 0]);
  });

  it.each([0, 0.2])(
    "1, 2: has the loss of its formula, for sums over responses and label smoothing %s",
    (labelSmoothing) => {
      const model = made(5);
      const beta = 0.3;
      const total = (of: ReturnType<typeof made>, response: readonly number[], prompt: readonly number[]): number =>
        logProbsOf(of, [{ prompt, response }]).reduce((a, b) => a + b, 0);
      const losses = pairs.pairs.map(({ prompt, chosen, rejected }) => {
        const h = (response: readonly number[]) =>
          beta * (total(model, response, prompt) - total(made(), response, prompt));
        const m = h(chosen) - h(rejected);
        return (1 - labelSmoothing) * Math.log1p(Math.exp(-m)) + labelSmoothing * Math.log1p(Math.exp(m));
      });
      const { loss } = onPolicy(dpo, model, { beta, labelSmoothing }).update(pairs, 0);
      expect(loss).toBeCloseTo((losses[0] + losses[1]) / 2, 5);
    },
  );

  it("comes to prefer what was chosen", () => {
    const learner = onPolicy(dpo, made(), { learningRate: 0.01 });
    let last = learner.update(pairs, 0);
    for (let update = 1; update < 40; update++) last = learner.update(pairs, update / 40);
    expect(last.accuracy).toBe(1);
    expect(last.loss).toBeLessThan(0.5);
  });
});

describe("a reward model", () => {
  const learnerOf = (
    model: RewardModel,
    given: Given<typeof rewardModelTrainer.options> = {},
    updates?: number,
  ): LanguageLearner<Pairs> =>
    createRewardLearner(model, { options: { warmup: 0, maxGradNorm: 0, ...given }, rng: defaultRng(0), updates });

  it("1: reads the last token of a response: one more token, and padding behind it, change nothing before", () => {
    const model = rewardModel(made(), special, defaultRng(2));
    const [alone] = model.score([sequences[1]]);
    expect(model.score(sequences)[1]).toBe(alone);
    expect(model.score([{ prompt: [1, 1], response: [7, 8] }])[0]).not.toBe(alone);
  });

  it("2: has the loss of Bradley and Terry, whatever its gain and offset", () => {
    const model = rewardModel(made(), special, defaultRng(2));
    const rewards = (response: "chosen" | "rejected") =>
      model.score(pairs.pairs.map((pair) => ({ prompt: pair.prompt, response: pair[response] })));
    const [chosen, rejected] = [rewards("chosen"), rewards("rejected")];
    const right = chosen.reduce((sum, r, i) => sum + Math.log1p(Math.exp(rejected[i] - r)) / 2, 0);
    model.normaliseOn(sequences);
    expect(learnerOf(model).update(pairs, 0).loss).toBeCloseTo(right, 6);
  });

  it("3: takes on the means of its weights over the last share of the run, with its last update", () => {
    const [plain, averaged] = [0, 0.5].map((share) => {
      const model = rewardModel(made(), special, defaultRng(2));
      const learner = learnerOf(model, { averaged: share, learningRate: 0.01 }, 4);
      return [0, 1, 2, 3].map((update) => {
        learner.update(pairs, update / 4);
        return model.parameters().flatMap((parameter) => [...parameter.toArray()]);
      });
    });
    expect(averaged.slice(0, 3)).toEqual(plain.slice(0, 3));
    averaged[3].forEach((weight, i) => void expect(weight).toBeCloseTo((plain[2][i] + plain[3][i]) / 2, 6));
    const model = rewardModel(made(), special, defaultRng(2));
    expect(() => learnerOf(model, { averaged: 0.5 })).toThrow("updates: got undefined");
  });

  it("gives the samples that it is normalised on mean 0 and deviation 1, and other responses other rewards", () => {
    const model = rewardModel(made(), special, defaultRng(2));
    model.normaliseOn(sequences);
    const rewards = model.score(sequences);
    const mean = rewards.reduce((a, b) => a + b, 0) / 3;
    expect(mean).toBeCloseTo(0, 5);
    expect(rewards.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 2).toBeCloseTo(1, 5);
    expect(() => model.normaliseOn([sequences[0], sequences[0]])).toThrow("normaliseOn: got");
  });

  it("learns what was chosen", () => {
    const model = rewardModel(made(), special, defaultRng(2));
    const learner = learnerOf(model, { learningRate: 0.01 });
    for (let update = 0; update < 40; update++) learner.update(pairs, update / 40);
    expect(learner.update(pairs, 1)).toMatchObject({ accuracy: 1 });
  });
});
