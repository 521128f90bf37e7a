/** The gated recurrent unit: against PyTorch (`test/golden/torch-gru.py`), finite differences, and itself step by step. */

import { describe, expect, it, test } from "vitest";
import { constantOf, expectClose, expectNear, read, type Stored } from "../../../test/golden/read.js";
import { defaultRng } from "../../random/index.js";
import { gradientCheck } from "../gradient-check.js";
import { noGrad, parameter, type Tensor, TensorError, tensor, zeros } from "../index.js";
import { type GruSequences, type GruWeights, gru } from "./gru.js";

interface Golden {
  readonly copies: number;
  readonly steps: number;
  readonly cases: readonly {
    readonly x: Stored;
    readonly weights: readonly Stored[];
    readonly memory: Stored;
    readonly begins: readonly number[];
    readonly slopes: Stored;
    readonly y: Stored;
    readonly loss: number;
    readonly xGradient: Stored;
    readonly gradients: readonly Stored[];
  }[];
}

const namesOf = ({ input, inputBias, hidden, hiddenBias }: GruWeights): Tensor[] => [
  input,
  inputBias,
  hidden,
  hiddenBias,
];

describe("a gated recurrent unit has PyTorch's memory and gradients", () => {
  const { copies, steps, cases } = read<Golden>("torch-gru");
  for (const golden of cases) {
    const features = golden.x.shape[1];
    const size = golden.memory.shape[1];
    test(`with ${size} numbers of memory over ${features} features, where episodes begin in mid-sequence`, () => {
      const x = parameter(constantOf(golden.x));
      const [input, inputBias, hidden, hiddenBias] = golden.weights.map((one) => parameter(constantOf(one)));
      const weights = { input, inputBias, hidden, hiddenBias };
      const begins = Uint8Array.from(golden.begins);
      const y = gru(x, weights, { copies, steps, begins, memory: constantOf(golden.memory) });
      expectClose(y, golden.y);
      const loss = y.mul(constantOf(golden.slopes)).sum().add(y.square().mean().mul(0.5));
      expectNear(loss.item(), golden.loss);
      loss.backward();
      expectClose(x.grad, golden.xGradient);
      namesOf(weights).forEach((p, i) => void expectClose(p.grad, golden.gradients[i]));
    });
  }
});

/** A unit with small random weights. */
function unit(k: number, d: number, seed = 1): GruWeights {
  const rng = defaultRng(seed);
  const some = (name: string, ...shape: number[]): Tensor => {
    const size = shape.reduce((product, length) => product * length, 1);
    const numbers = rng.standardNormal(size).map((x) => 0.6 * x);
    return parameter(tensor(numbers, shape), name);
  };
  return {
    input: some("input", k, 3 * d),
    inputBias: some("inputBias", 3 * d),
    hidden: some("hidden", d, 3 * d),
    hiddenBias: some("hiddenBias", 3 * d),
  };
}

const normal = (seed: number, ...shape: [number, number]): Tensor =>
  tensor(defaultRng(seed).standardNormal(shape[0] * shape[1]), shape);

/** Rows of some copies' sequences in which some episodes begin, the first row of a sequence among them. */
const someBegins = (rows: number): Uint8Array => Uint8Array.from({ length: rows }, (_, row) => (row % 7 === 5 ? 1 : 0));

describe("gradients", () => {
  it.each([
    [1, 1, 1, 1],
    [1, 6, 2, 3],
    [3, 4, 2, 2],
    [2, 12, 1, 3],
    [4, 1, 3, 2],
    [2, 3, 2, 17],
  ])("of %i sequences of %i steps, %i features and %i numbers are finite differences", (copies, steps, k, d) => {
    const weights = unit(k, d);
    const x = parameter(normal(2, copies * steps, k), "x");
    const memory = normal(3, copies, d);
    const slopes = normal(4, copies * steps, d);
    for (const begins of [undefined, someBegins(copies * steps)]) {
      const sequences = { copies, steps, memory, ...(begins && { begins }) };
      gradientCheck(() => gru(x, weights, sequences).mul(slopes).mean(), [x, ...namesOf(weights)]);
    }
  });

  it("of a later step reach an earlier one of the same episode alone", () => {
    const weights = unit(1, 2);
    const x = parameter(normal(2, 8, 1), "x");
    const begins = Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 0);
    const y = gru(x, weights, { copies: 2, steps: 4, begins, memory: zeros([2, 2]) });
    const last = tensor([...Array(6).fill(0), 1, 1, ...Array(6).fill(0), 1, 1], [8, 2]);
    y.mul(last).sum().backward();
    const slopes = x.grad?.toArray() ?? new Float32Array();
    expect(Array.from(slopes, (slope) => slope !== 0)).toEqual([true, true, true, true, false, false, true, true]);
  });

  it("are added to those that are there", () => {
    const weights = unit(2, 3);
    const sequences = { copies: 2, steps: 3, memory: zeros([2, 3]) };
    const x = parameter(normal(2, 6, 2), "x");
    const all = [x, ...namesOf(weights)];
    const gradients = (): Float32Array[] => all.map((p) => p.grad?.toArray() ?? new Float32Array());
    gru(x, weights, sequences).sum().backward();
    const once = gradients();
    gru(x, weights, sequences).sum().backward();
    gradients().forEach((slope, i) => {
      slope.forEach((value, j) => void expect(value).toBeCloseTo(2 * once[i][j], 5));
    });
  });
});

/** The memory after each row by one step after another, [copies · steps · d]. */
function stepByStep(x: Tensor, weights: GruWeights, { copies, steps, begins, memory }: GruSequences): Float32Array {
  const k = x.shape[1];
  const d = memory.shape[1];
  const rows = x.toArray();
  const all = new Float32Array(copies * steps * d);
  const carried = memory.toArray();
  for (let t = 0; t < steps; t++) {
    const now = new Float32Array(copies * k);
    for (let copy = 0; copy < copies; copy++) {
      const row = copy * steps + t;
      now.set(rows.subarray(row * k, (row + 1) * k), copy * k);
      if (begins?.[row] === 1) carried.fill(0, copy * d, (copy + 1) * d);
    }
    const sequences = { copies, steps: 1, memory: tensor(carried, [copies, d]) };
    carried.set(noGrad(() => gru(tensor(now, [copies, k]), weights, sequences).toArray()));
    for (let copy = 0; copy < copies; copy++)
      all.set(carried.subarray(copy * d, (copy + 1) * d), (copy * steps + t) * d);
  }
  return all;
}

describe("sequences", () => {
  it.each([1, 2, 3, 5, 16, 17, 40])("of %i copies have the bits of one step after another", (copies) => {
    for (const [steps, k, d] of [
      [1, 3, 4],
      [9, 3, 4],
      [5, 1, 1],
      [4, 7, 33],
    ]) {
      const weights = unit(k, d);
      const x = normal(2, copies * steps, k);
      const memory = normal(3, copies, d);
      for (const begins of [undefined, someBegins(copies * steps)]) {
        const sequences = { copies, steps, memory, ...(begins && { begins }) };
        const y = gru(x, weights, sequences);
        expect(y.toArray()).toEqual(stepByStep(x, weights, sequences));
        expect(noGrad(() => gru(x, weights, sequences)).toArray()).toEqual(y.toArray());
      }
    }
  });

  it("do not depend on each other: one alone has the bits that it has among others", () => {
    const copies = 5;
    const steps = 6;
    const k = 3;
    const d = 4;
    const weights = unit(k, d);
    const x = normal(2, copies * steps, k);
    const memory = normal(3, copies, d);
    const begins = someBegins(copies * steps);
    const y = gru(x, weights, { copies, steps, begins, memory }).toArray();
    for (let copy = 0; copy < copies; copy++) {
      const first = copy * steps;
      const end = (copy + 1) * steps;
      const own = { copies: 1, steps, begins: begins.slice(first, end), memory: memory.slice(copy, copy + 1) };
      expect(gru(x.slice(first, end), weights, own).toArray()).toEqual(y.slice(first * d, end * d));
    }
  });

  it("leave the memory that they began with as it was", () => {
    const memory = normal(3, 2, 4);
    const before = memory.toArray();
    gru(normal(2, 6, 3), unit(3, 4), { copies: 2, steps: 3, begins: Uint8Array.of(1, 0, 0, 0, 0, 0), memory });
    expect(memory.toArray()).toEqual(before);
  });

  it("stay within [-1, 1] and finite, whatever they read", () => {
    for (const scale of [0, 1e-30, 1e4, 1e30]) {
      const x = tensor(
        defaultRng(1)
          .standardNormal(30)
          .map((value) => scale * value),
        [10, 3],
      );
      const y = gru(x, unit(3, 4), { copies: 2, steps: 5, memory: zeros([2, 4]) });
      for (const value of y.toArray()) expect(Math.abs(value)).toBeLessThanOrEqual(1);
    }
  });
});

describe("shapes that do not fit are refused by name", () => {
  const good = { copies: 2, steps: 3, memory: zeros([2, 4]) };
  const weights = unit(3, 4);
  const x = zeros([6, 3]);
  const wrong: [string, Tensor, GruWeights, GruSequences, string][] = [
    ["too few rows", zeros([5, 3]), weights, good, "gru: x must be [6, 3], got [5, 3]"],
    ["too many features", zeros([6, 4]), weights, good, "gru: x must be [6, 3], got [6, 4]"],
    [
      "memory of another size",
      x,
      weights,
      { ...good, memory: zeros([2, 5]) },
      "gru: memory must be [2, 4], got [2, 5]",
    ],
    ["memory of one copy", x, weights, { ...good, memory: zeros([1, 4]) }, "gru: memory must be [2, 4], got [1, 4]"],
    [
      "two gates instead of three",
      x,
      { ...weights, input: zeros([3, 8]) },
      good,
      "gru: input must be [3, 12], got [3, 8]",
    ],
    ["a short bias", x, { ...weights, inputBias: zeros([4]) }, good, "gru: inputBias must be [12], got [4]"],
    ["hidden weights", x, { ...weights, hidden: zeros([4, 4]) }, good, "gru: hidden must be [4, 12], got [4, 4]"],
    ["hidden bias", x, { ...weights, hiddenBias: zeros([3]) }, good, "gru: hiddenBias must be [12], got [3]"],
    [
      "begins of a single sequence",
      x,
      weights,
      { ...good, begins: new Uint8Array(3) },
      "gru: begins must have 6 entries, one per row, got 3",
    ],
  ];
  it.each(wrong)("%s", (_, rows, given, sequences, message) => {
    expect(() => gru(rows, given, sequences)).toThrow(TensorError);
    expect(() => gru(rows, given, sequences)).toThrow(message);
  });
});
