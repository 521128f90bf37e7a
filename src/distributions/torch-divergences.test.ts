/** Entropies and Kullback-Leibler divergences against PyTorch, values and gradients. */

import { describe, expect, test } from "vitest";
import { constantOf, expectClose, expectNear, read, type Stored } from "../../test/golden/read.js";
import { parameter, type Tensor, tensor } from "../tensor/index.js";
import { categorical, gaussian } from "./index.js";

type CategoricalKey = "p" | "q" | "kl" | "gradientP" | "gradientQ" | "entropyP" | "entropyGradientP";
type GaussianKey = "meanP" | "logStdP" | "meanQ" | "logStdQ";
const golden = read<{
  categorical: (Record<CategoricalKey, Stored> & { name: string })[];
  gaussian: (Record<GaussianKey | "kl" | "entropyP", Stored> & {
    name: string;
    gradients: Record<GaussianKey, Stored>;
  })[];
}>("torch-kl");

const learned = (stored: Stored): Tensor => parameter(constantOf(stored));

describe("categorical, as in PyTorch:", () => {
  for (const { name, p, q, kl, gradientP, gradientQ, entropyP, entropyGradientP } of golden.categorical) {
    test(`KL (${name})`, () => {
      const logitsP = learned(p);
      const logitsQ = learned(q);
      const divergence = categorical(logitsP).kl(categorical(logitsQ));
      expectClose(divergence, kl);
      divergence.sum().backward();
      expectClose(logitsP.grad, gradientP);
      expectClose(logitsQ.grad, gradientQ);
    });

    test(`entropy (${name})`, () => {
      const logits = learned(p);
      const entropy = categorical(logits).entropy();
      expectClose(entropy, entropyP);
      entropy.sum().backward();
      expectClose(logits.grad, entropyGradientP);
    });
  }
});

describe("Gaussian, as in PyTorch:", () => {
  for (const one of golden.gaussian) {
    test(`KL and entropy (${one.name})`, () => {
      const keys = ["meanP", "logStdP", "meanQ", "logStdQ"] as const;
      const [meanP, logStdP, meanQ, logStdQ] = keys.map((key) => learned(one[key]));
      const p = gaussian(meanP, logStdP);
      const divergence = p.kl(gaussian(meanQ, logStdQ));
      expectClose(divergence, one.kl);
      for (const entropy of one.entropyP.data) expectNear(p.entropy().item(), entropy);
      divergence.sum().backward();
      [meanP, logStdP, meanQ, logStdQ].forEach((p, i) => void expectClose(p.grad, one.gradients[keys[i]]));
    });
  }
});

describe("an action of probability 0", () => {
  const certain = () => parameter(tensor([[0, -Infinity, 0]]));

  test("has log-probability -∞, contributes 0 to the entropy, and gets no gradient", () => {
    const logits = certain();
    const pi = categorical(logits);
    expect(pi.logProb([1]).item()).toBe(-Infinity);
    expectNear(pi.entropy().item(), Math.LN2);
    pi.entropy().sum().backward();
    expectClose(logits.grad, { shape: [1, 3], data: [0, 0, 0] });
  });

  test("contributes 0 to the divergence, and gets no gradient there either", () => {
    const logits = certain();
    const other = parameter(tensor([[0, 0, 0]]));
    const divergence = categorical(logits).kl(categorical(other));
    expectNear(divergence.item(), 0.4054651081081644);
    divergence.sum().backward();
    expectClose(logits.grad, { shape: [1, 3], data: [0, 0, 0] });
    expectClose(other.grad, { shape: [1, 3], data: [1 / 3 - 1 / 2, 1 / 3, 1 / 3 - 1 / 2] });
    expect(categorical(certain()).kl(categorical(certain())).item()).toBe(0);
    expect(
      categorical(tensor([[0, 0, 0]]))
        .kl(categorical(certain()))
        .item(),
    ).toBe(Infinity);
  });
});
