/** The PPO loss against PyTorch: values and gradients. */

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
import { categorical } from "../distributions/index.js";
import { normalise } from "../rollout/normalise.js";
import { clippedSurrogate, linear, type Tensor, tensor, valueError } from "../tensor/index.js";

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
      const policy = parametersOf(golden.policyParameters);
      const value = parametersOf(golden.valueParameters);
      const given = (key: Key): Tensor => constantOf(golden[key]);
      const observations = given("observations");
      const raw = Float64Array.from(golden.advantages.data);
      if (golden.normalizeAdvantages) normalise(raw);
      const advantages = tensor(raw);
      expectClose(advantages, golden.usedAdvantages);

      const pi = categorical(twoLayers(policy, observations));
      const logProbs = pi.logProb(indicesOf(golden.actions));
      const surrogate = clippedSurrogate(logProbs, given("oldLogProbs"), advantages, golden.clipRange);
      const policyLoss = surrogate.gain.neg();
      const values = twoLayers(value, observations).reshape([-1]);
      const range = golden.valueClipRange;
      const valueLoss = valueError(
        values,
        given("returns"),
        range === null ? undefined : { old: given("oldValues"), clipRange: range },
      );
      const entropy = pi.entropy().mean();
      const loss = policyLoss.add(valueLoss.mul(golden.valueCoefficient)).sub(entropy.mul(golden.entropyCoefficient));

      expectClose(logProbs, golden.logProbs);
      expectClose(logProbs.sub(given("oldLogProbs")).exp(), golden.ratios);
      expectClose(values, golden.values);
      expectNear(policyLoss.item(), golden.policyLoss);
      expectNear(valueLoss.item(), golden.valueLoss);
      expectNear(entropy.item(), golden.entropy);
      expectNear(loss.item(), golden.loss);
      expectNear(surrogate.klK1, golden.approximateKl1);
      expectNear(surrogate.klK3, golden.approximateKl3);

      loss.backward();
      policy.forEach((p, i) => void expectClose(p.grad, golden.policyGradients[i]));
      value.forEach((p, i) => void expectClose(p.grad, golden.valueGradients[i]));
    });
  }
});
