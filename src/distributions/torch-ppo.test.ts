/** The PPO loss, built from this library's operations, against PyTorch: values and gradients. */

import { describe, test } from "vitest";
import {
  constantOf,
  expectClose,
  expectNear,
  indicesOf,
  parametersOf,
  read,
  type Stored,
} from "../../test/golden/read.js";
import { linear, type Tensor } from "../tensor/index.js";
import { categorical } from "./index.js";

type Key = "observations" | "actions" | "advantages" | "returns" | "oldLogProbs" | "oldValues" | "usedAdvantages";
type Output = "logProbs" | "ratios" | "values";
type Measure = "policyLoss" | "valueLoss" | "entropy" | "loss" | "approximateKl1" | "approximateKl3";
type List = "policyParameters" | "valueParameters" | "policyGradients" | "valueGradients";
type Case = Record<Key | Output, Stored> &
  Record<Measure, number> &
  Record<List, Stored[]> & {
    readonly name: string;
    readonly clipRange: number;
    readonly valueClipRange: number | null;
    readonly normalizeAdvantages: boolean;
    readonly valueCoefficient: number;
    readonly entropyCoefficient: number;
  };

const twoLayers = ([w0, b0, w1, b1]: readonly Tensor[], x: Tensor): Tensor => linear(linear(x, w0, b0, "tanh"), w1, b1);

describe("the clipped surrogate has PyTorch's value and gradients", () => {
  for (const golden of read<{ ppo: Case[] }>("torch-ppo").ppo) {
    test(`(${golden.name})`, () => {
      const [policy, value] = [parametersOf(golden.policyParameters), parametersOf(golden.valueParameters)];
      const given = (key: Key): Tensor => constantOf(golden[key]);
      const observations = given("observations");
      const raw = given("advantages");
      const advantages = golden.normalizeAdvantages
        ? raw.sub(raw.mean()).div(raw.variance(undefined, { ddof: 1 }).sqrt().add(1e-8))
        : raw;
      expectClose(advantages, golden.usedAdvantages);

      const pi = categorical(twoLayers(policy, observations));
      const logProbs = pi.logProb(indicesOf(golden.actions));
      const logRatio = logProbs.sub(given("oldLogProbs"));
      const ratio = logRatio.exp();
      const clipped = ratio.clamp(1 - golden.clipRange, 1 + golden.clipRange);
      const policyLoss = ratio.mul(advantages).minimum(clipped.mul(advantages)).mean().neg();
      const values = twoLayers(value, observations).reshape([-1]);
      const [returns, oldValues, range] = [given("returns"), given("oldValues"), golden.valueClipRange];
      const plain = values.sub(returns).square();
      const errors =
        range === null
          ? plain
          : plain.maximum(oldValues.add(values.sub(oldValues).clamp(-range, range)).sub(returns).square());
      const valueLoss = errors.mean();
      const entropy = pi.entropy().mean();
      const loss = policyLoss.add(valueLoss.mul(golden.valueCoefficient)).sub(entropy.mul(golden.entropyCoefficient));

      expectClose(logProbs, golden.logProbs);
      expectClose(ratio, golden.ratios);
      expectClose(values, golden.values);
      expectNear(policyLoss.item(), golden.policyLoss);
      expectNear(valueLoss.item(), golden.valueLoss);
      expectNear(entropy.item(), golden.entropy);
      expectNear(loss.item(), golden.loss);
      expectNear(logRatio.neg().mean().item(), golden.approximateKl1);
      expectNear(ratio.sub(1).sub(logRatio).mean().item(), golden.approximateKl3);

      loss.backward();
      policy.forEach((p, i) => void expectClose(p.grad, golden.policyGradients[i]));
      value.forEach((p, i) => void expectClose(p.grad, golden.valueGradients[i]));
    });
  }
});
