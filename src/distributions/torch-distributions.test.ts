/** Distributions against PyTorch: log-probabilities, entropies, divergences, and the gradients of all of them. */

import { describe, expect, test } from "vitest";
import { constantOf, expectClose, indicesOf, parametersOf, read, type Stored } from "../../test/golden/read.js";
import type { Tensor } from "../tensor/index.js";
import { bernoulli, categorical, gsde, multiCategorical, squashedGaussian } from "./index.js";

interface Measured {
  readonly actions: Stored;
  readonly logProbs: Stored;
  readonly entropies: Stored;
  readonly weights: Stored;
  /** The gradients of Σ (log π + ½H)·weight. */
  readonly gradients: readonly Stored[];
}
interface Divergent {
  readonly kl: Stored;
  readonly klGradients: readonly Stored[];
}
const golden = read<{
  maskedCategorical: (Measured & { logits: Stored; mask: Stored })[];
  multiCategorical: (Measured & Divergent & { nvec: number[]; logits: Stored; other: Stored })[];
  bernoulli: (Measured & Divergent & { logits: Stored; other: Stored })[];
  squashedGaussian: (Measured & { mean: Stored; logStd: Stored })[];
  gsde: (Measured &
    Divergent &
    Record<"features" | "mean" | "logStd" | "otherMean" | "otherLogStd" | "exploration" | "sample", Stored>)[];
}>("torch-distributions");

interface Distribution {
  logProb(actions: Tensor): Tensor;
  entropy(): Tensor;
}

function expectMeasured(golden: Measured, actions: Tensor, pi: Distribution, learned: readonly Tensor[]): void {
  const logProb = pi.logProb(actions);
  const entropy = pi.entropy();
  expectClose(logProb, golden.logProbs);
  expectClose(entropy, golden.entropies);
  logProb.add(entropy.mul(0.5)).mul(constantOf(golden.weights)).sum().backward();
  learned.forEach((p, i) => void expectClose(p.grad, golden.gradients[i]));
}

function expectDivergence({ kl, klGradients }: Divergent, divergence: Tensor, learned: readonly Tensor[]): void {
  expectClose(divergence, kl);
  divergence.sum().backward();
  learned.forEach((p, i) => void expectClose(p.grad, klGradients[i], 2e-6));
}

describe("as in PyTorch:", () => {
  for (const one of golden.maskedCategorical) {
    test(`a masked choice among ${one.logits.shape[1]} is the choice among the allowed actions`, () => {
      const [logits] = parametersOf([one.logits]);
      expectMeasured(one, indicesOf(one.actions), categorical(logits, constantOf(one.mask)), [logits]);
      const ruledOut = one.mask.data.flatMap((open, i) => (open === 0 ? [i] : []));
      const gradient = (logits.grad as Tensor).toArray();
      expect(ruledOut.map((i) => gradient[i])).toEqual(ruledOut.map(() => 0));
    });
  }

  for (const one of golden.multiCategorical) {
    test(`choices among ${one.nvec.join(", ")}`, () => {
      const [logits] = parametersOf([one.logits]);
      expectMeasured(one, indicesOf(one.actions), multiCategorical(logits, one.nvec), [logits]);
      const [p, q] = parametersOf([one.logits, one.other]);
      expectDivergence(one, multiCategorical(p, one.nvec).kl(multiCategorical(q, one.nvec)), [p, q]);
    });
  }

  for (const one of golden.bernoulli) {
    test("binary choices", () => {
      const [logits] = parametersOf([one.logits]);
      expectMeasured(one, indicesOf(one.actions), bernoulli(logits), [logits]);
      const [p, q] = parametersOf([one.logits, one.other]);
      expectDivergence(one, bernoulli(p).kl(bernoulli(q)), [p, q]);
    });
  }

  for (const one of golden.squashedGaussian) {
    test(`a squashed Gaussian with ln σ ${one.logStd.data.join(", ")}`, () => {
      const [mean, logStd] = parametersOf([one.mean, one.logStd]);
      expectMeasured(one, constantOf(one.actions), squashedGaussian(mean, logStd), [mean, logStd]);
    });
  }

  for (const one of golden.gsde) {
    test(`noise that depends on ${one.features.shape[1]} features of the state`, () => {
      const features = constantOf(one.features);
      const [mean, logStd] = parametersOf([one.mean, one.logStd]);
      const pi = gsde(mean, features, logStd);
      pi.sample(constantOf(one.exploration)).forEach(
        (value, i) => void expect(value).toBeCloseTo(one.sample.data[i], 5),
      );
      expectMeasured(one, constantOf(one.actions), pi, [mean, logStd]);
      const all = parametersOf([one.mean, one.logStd, one.otherMean, one.otherLogStd]);
      expectDivergence(one, gsde(all[0], features, all[1]).kl(gsde(all[2], features, all[3])), all);
    });
  }
});
