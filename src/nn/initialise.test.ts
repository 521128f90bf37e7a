import { describe, expect, test } from "vitest";
import { expectNear, read } from "../../test/golden/read.js";
import { defaultRng } from "../random/index.js";
import { kaimingUniform, mlp, orthogonal, zeroInit } from "./index.js";

const settings = read<{
  linear: { fanIn: number; fanOut: number; weightBound: number; biasBound: number }[];
  orthogonal: { shape: [number, number]; gain: number; singularValue: number }[];
}>("torch-settings");

describe("Kaiming-uniform", () => {
  for (const { fanIn, fanOut, weightBound, biasBound } of settings.linear) {
    test(`fills ${fanIn} × ${fanOut} up to the bounds of PyTorch's Linear, weights and biases`, () => {
      const [layer] = mlp({ sizes: [fanIn, fanOut], rng: defaultRng(1) }).layers;
      const weights = layer.weights.toArray();
      const most = weights.reduce((largest, w) => Math.max(largest, Math.abs(w)), 0);
      expect(most).toBeLessThanOrEqual(Math.fround(weightBound));
      expect(most).toBeGreaterThan(0.95 * weightBound);
      const mean = weights.reduce((sum, w) => sum + w, 0) / weights.length;
      const variance = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / weights.length;
      expect(Math.abs(mean)).toBeLessThan(weightBound / 8);
      expect(variance / (weightBound ** 2 / 3)).toBeGreaterThan(0.85);
      expect(variance / (weightBound ** 2 / 3)).toBeLessThan(1.15);
      expect(Math.max(...layer.bias.toArray().map(Math.abs))).toBeLessThanOrEqual(Math.fround(biasBound));
      expect(layer.bias.toArray().some((b) => b !== 0)).toBe(true);
    });
  }
});

describe("orthogonal", () => {
  for (const { shape, gain, singularValue } of settings.orthogonal) {
    const [inputs, outputs] = shape;
    test(`${inputs} × ${outputs} with gain ${gain} has all singular values ${singularValue}`, () => {
      const w = orthogonal(gain)(defaultRng(2), inputs, outputs).toArray();
      const at = (i: number, j: number): number => (inputs <= outputs ? w[i * outputs + j] : w[j * outputs + i]);
      const [short, long] = inputs <= outputs ? [inputs, outputs] : [outputs, inputs];
      for (let a = 0; a < short; a++) {
        for (let b = 0; b < short; b++) {
          let dot = 0;
          for (let i = 0; i < long; i++) dot += at(a, i) * at(b, i);
          expectNear(dot / singularValue ** 2, a === b ? 1 : 0);
        }
      }
    });
  }
});

test("the same seed gives the same weights, and another seed gives others", () => {
  for (const init of [kaimingUniform, orthogonal(1)]) {
    const of = (seed: number): Float32Array => init(defaultRng(seed), 5, 7).toArray();
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  }
  expect(zeroInit(defaultRng(0), 2, 2).toNested()).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

describe("mlp", () => {
  test("names its parameters in order, weights before biases", () => {
    const net = mlp({ sizes: [4, 8, 2], rng: defaultRng(0), name: "policy" });
    expect(net.parameters().map(({ name, shape }) => [name, shape])).toEqual([
      ["policy.0.weights", [4, 8]],
      ["policy.0.bias", [8]],
      ["policy.1.weights", [8, 2]],
      ["policy.1.bias", [2]],
    ]);
    expect(net.layers.map(({ activation }) => activation)).toEqual(["relu", "none"]);
    expect(net.forward([1, 2, 3, 4]).shape).toEqual([2]);
  });

  test("gives its last layer a separate initialiser, and zero biases on request", () => {
    const net = mlp({ sizes: [4, 8, 2], rng: defaultRng(0), outputInit: zeroInit, bias: "zero" });
    expect(net.forward([1, 2, 3, 4]).toNested()).toEqual([0, 0]);
    expect(net.layers[0].weights.toArray().some((w) => w !== 0)).toBe(true);
  });

  test("refuses invalid sizes", () => {
    for (const sizes of [[4], [4, 0, 2], [4, 1.5], [Number.NaN, 2]]) {
      expect(() => mlp({ sizes, rng: defaultRng(0) })).toThrow("mlp.sizes: got");
    }
  });
});
