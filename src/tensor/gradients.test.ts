/** Each operation's gradient against finite differences, at sizes that leave every remainder modulo sixteen lanes. */

import { describe, expect, test } from "vitest";
import { defaultRng } from "../random/index.js";
import * as library from "./index.js";
import {
  type Activation,
  clamp,
  clippedSurrogate,
  concat,
  divergenceOf,
  entropyOf,
  gather,
  gradientCheck,
  indices,
  linear,
  logSoftmax,
  matmul,
  network,
  noGrad,
  parameter,
  reshape,
  type Shape,
  slice,
  softmax,
  stack,
  type Tensor,
  tensor,
  valueError,
  weightedSum,
  where,
} from "./index.js";

const LENGTHS = [1, 3, 15, 16, 17, 33];
const rng = defaultRng(1);

const product = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

/** Random numbers from `low` to `high`. */
function some(shape: Shape, low = -1.5, high = 1.5): Tensor {
  return parameter(tensor(rng.uniform(low, high, product(shape)), shape));
}

/** Numbers well away from every multiple of 0.5, where relu, clamp, min and max have their kinks. */
function awayFromKinks(shape: Shape, offset = 0.25): Tensor {
  const values = rng.integers(-4, 4, product(shape)).map((cell) => cell / 2 + offset + rng.uniform(-0.08, 0.08));
  return parameter(tensor(values, shape));
}

/**
 * A loss that gives each number its own weight and stays small, because the rounding of a large loss would hide errors.
 */
function weighed(y: Tensor): Tensor {
  const weights = defaultRng(2)
    .uniform(0.5, 1.5, y.size)
    .map((weight, i) => (i % 2 === 0 ? weight : -weight));
  return y.mul(tensor(weights, y.shape)).sum();
}

function expectGradient(compute: () => Tensor, parameters: readonly Tensor[]): void {
  gradientCheck(() => weighed(compute()), parameters);
}

const covered = new Set<string>();

const unary: Record<string, (shape: Shape) => Tensor> = {
  neg: some,
  exp: some,
  log: (shape) => some(shape, 0.5, 3),
  tanh: some,
  relu: awayFromKinks,
  gelu: some,
  softplus: some,
  square: some,
  sqrt: (shape) => some(shape, 0.5, 3),
};

describe("of one tensor, element by element:", () => {
  for (const [name, make] of Object.entries(unary)) {
    covered.add(name);
    test(name, () => {
      for (const n of LENGTHS) {
        const x = make([n]);
        expectGradient(() => x[name as "exp"](), [x]);
      }
    });
  }

  covered.add("clamp");
  test("clamp", () => {
    for (const n of LENGTHS) {
      const x = awayFromKinks([n]);
      expectGradient(() => clamp(x, -1, 0.5), [x]);
    }
  });
});

const binary: Record<string, () => { a: (shape: Shape) => Tensor; b: (shape: Shape) => Tensor }> = {
  add: () => ({ a: some, b: some }),
  sub: () => ({ a: some, b: some }),
  mul: () => ({ a: some, b: some }),
  div: () => ({ a: (shape) => some(shape, 0.7, 2), b: (shape) => some(shape, 0.7, 2) }),
  minimum: () => ({ a: awayFromKinks, b: (shape) => awayFromKinks(shape, 0) }),
  maximum: () => ({ a: awayFromKinks, b: (shape) => awayFromKinks(shape, 0) }),
};

describe("of two tensors,", () => {
  for (const [name, make] of Object.entries(binary)) {
    covered.add(name);
    const { a: left, b: right } = make();
    const check = (aShape: Shape, bShape: Shape): void => {
      const a = left(aShape);
      const b = right(bShape);
      expectGradient(() => a[name as "add"](b), [a, b]);
    };
    for (const n of LENGTHS) {
      test(`${name}: [${n}] with an equal shape, a row and a number, on either side`, () => {
        check([n], [n]);
        check([2, n], [2, n]);
        check([3, n], [n]);
        check([n], [3, n]);
        check([2, 2, n], [n]);
        check([3, n], []);
        check([], [3, n]);
      });
    }
    test(`${name}: a tensor with itself`, () => {
      if (name === "minimum" || name === "maximum") return;
      const x = right([5]);
      expectGradient(() => x[name as "add"](x), [x]);
    });
  }

  covered.add("where");
  test("where", () => {
    for (const n of LENGTHS) {
      const a = some([2, n]);
      const b = some([2, n]);
      const condition = tensor(rng.integers(0, 2, 2 * n), [2, n]);
      expectGradient(() => where(condition, a, b), [a, b]);
    }
  });
});

describe("of reductions,", () => {
  const shapes: Shape[] = [
    ...LENGTHS.map((n) => [n]),
    ...LENGTHS.flatMap((n) => [
      [3, n],
      [n, 2],
    ]),
    [2, 3, 17],
    [2, 17, 3],
  ];
  for (const name of ["sum", "mean", "variance"] as const) {
    covered.add(name);
    test(`${name} over everything and over each axis`, () => {
      for (const shape of shapes) {
        const x = some(shape);
        expectGradient(() => x[name](), [x]);
        for (const axis of shape.keys()) expectGradient(() => x[name](axis), [x]);
        expectGradient(() => x[name](-1), [x]);
      }
    });
  }

  test("variance of a sample (ddof 1)", () => {
    const x = some([4, 17]);
    expectGradient(() => x.variance(undefined, { ddof: 1 }), [x]);
    for (const axis of [0, 1]) expectGradient(() => x.variance(axis, { ddof: 1 }), [x]);
  });
});

describe("of rows of logits:", () => {
  for (const [name, operation] of Object.entries({ logSoftmax, softmax, entropyOf })) {
    covered.add(name);
    test(name, () => {
      for (const shape of [...LENGTHS.flatMap((n) => [[n], [3, n]]), ...[2, 4, 5, 8].map((n) => [19, n]), [2, 3, 4]]) {
        const x = some(shape);
        const compute = name === "entropyOf" ? () => operation(logSoftmax(x)) : () => operation(x);
        expectGradient(compute, [x]);
      }
    });
  }

  covered.add("divergenceOf");
  test("divergenceOf", () => {
    for (const shape of [...LENGTHS.flatMap((n) => [[n], [3, n]]), ...[2, 4, 5, 8].map((n) => [19, n])]) {
      const p = some(shape);
      const q = some(shape);
      expectGradient(() => divergenceOf(logSoftmax(p), logSoftmax(q)), [p, q]);
    }
  });

  covered.add("gather");
  test("gather", () => {
    for (const n of LENGTHS) {
      const row = some([n]);
      const rows = some([5, n]);
      const deep = some([2, 3, n]);
      expectGradient(() => gather(row, n - 1), [row]);
      const which = indices(Int32Array.from(rng.integers(0, n, 5)));
      expectGradient(() => gather(rows, which), [rows]);
      const both = indices(Int32Array.from(rng.integers(0, n, 6)), [2, 3]);
      expectGradient(() => gather(deep, both), [deep]);
    }
  });
});

describe("of matrix products:", () => {
  covered.add("matmul");
  test("matmul", () => {
    for (const m of [1, 3, 9]) {
      for (const n of LENGTHS) {
        const a = some([m, 5]);
        const b = some([5, n]);
        expectGradient(() => matmul(a, b), [a, b]);
      }
    }
    const a = some([2, 33]);
    const b = some([33, 3]);
    expectGradient(() => matmul(a, b), [a, b]);
  });

  covered.add("linear");
  for (const activation of ["none", "relu", "tanh", "gelu"] as const satisfies readonly Activation[]) {
    test(`linear with activation ${activation}, for rows and for one observation`, () => {
      for (const n of LENGTHS) {
        for (const shape of [[4], [1, 4], [3, 4], [9, 4]]) {
          const w = some([4, n]);
          const b = some([n]);
          const x = activation === "relu" ? clearOfZero(shape, w, b) : some(shape);
          expectGradient(() => linear(x, w, b, activation), [x, w, b]);
          if (activation !== "relu") expectGradient(() => linear(x, w, undefined, activation), [x, w]);
        }
      }
    });
  }

  test("linear with a result that is already known", () => {
    const x = some([3, 4]);
    const w = some([4, 5]);
    const b = some([5]);
    expectGradient(
      () =>
        linear(
          x,
          w,
          b,
          "tanh",
          noGrad(() => linear(x, w, b, "tanh")),
        ),
      [w, b, x],
    );
  });

  /** Draws an x for which every unit is so far from 0 that no finite difference crosses the kink. */
  function clearOfZero(shape: Shape, w: Tensor, b: Tensor): Tensor {
    for (;;) {
      const x = some(shape);
      const nearest = linear(x, w, b)
        .toArray()
        .reduce((least, z) => Math.min(least, Math.abs(z)), Infinity);
      if (nearest > 0.02) return x;
      b.set(Float32Array.from(rng.uniform(-1.5, 1.5, b.size)));
    }
  }
});

describe("of rearrangements:", () => {
  for (const name of ["concat", "stack", "slice", "reshape"]) covered.add(name);

  test("concat along each axis", () => {
    for (const n of LENGTHS) {
      const a = some([2, n]);
      const b = some([3, n]);
      const c = some([2, 4]);
      expectGradient(() => concat([a, b, a]), [a, b]);
      expectGradient(() => concat([a, c], 1), [a, c]);
      expectGradient(() => concat([c, a], -1), [a, c]);
    }
  });

  test("stack, of rows and of numbers", () => {
    for (const n of LENGTHS) {
      const a = some([n]);
      const b = some([n]);
      expectGradient(() => stack([a, b, a]), [a, b]);
    }
    const a = some([]);
    const b = some([]);
    expectGradient(() => stack([a, b]), [a, b]);
  });

  test("slice along each axis", () => {
    for (const n of [4, 15, 16, 17, 33]) {
      const x = some([3, n]);
      expectGradient(() => slice(x, 1, 3), [x]);
      expectGradient(() => slice(x, 1, -1, 1), [x]);
      expectGradient(() => slice(x, -2, undefined, 1), [x]);
    }
  });

  test("slices that overlap", () => {
    const x = some([5, 17]);
    expectGradient(() => slice(x, 0, 3).mul(slice(x, 1, 4)), [x]);
    expectGradient(() => slice(x, 0, 16, 1).mul(slice(x, 1, 17, 1)), [x]);
  });

  test("reshape", () => {
    const x = some([4, 6]);
    expectGradient(() => reshape(x, [2, -1]), [x]);
    expectGradient(() => reshape(reshape(x, [24]), [3, 8]).mul(reshape(x, [3, 8])), [x]);
  });
});

test("a value that is used several times accumulates the gradient of each use", () => {
  const x = some([17]);
  expectGradient(() => {
    const h = x.tanh();
    return h.mul(h).add(h).mul(x);
  }, [x]);
});

describe("losses in one operation have the value and the gradient of the operations that they combine:", () => {
  const lengths = [...LENGTHS, 256];

  /** Computes the same loss in two ways, and compares values and gradients. */
  function expectSame(x: Tensor, one: () => Tensor, parts: () => Tensor): void {
    const [first, second] = [one, parts].map((compute) => {
      x.grad = undefined;
      const y = compute();
      y.backward();
      return [y.item(), ...x.grad!.toArray()];
    });
    expect(first).toEqual(second);
  }

  covered.add("clippedSurrogate");
  test("the clipped surrogate", () => {
    for (const n of lengths) {
      const old = tensor(rng.uniform(-2, 0, n));
      const advantages = tensor(rng.uniform(-2, 2, n));
      // Ratios from 0.55 to 1.8, none near the bounds, where the kinks are.
      const ratios = [0.55, 0.7, 0.9, 1.05, 1.1, 1.3, 1.8];
      const l = parameter(old.add(tensor(Float64Array.from({ length: n }, (_, i) => ratios[i % 7])).log()));
      const one = (): Tensor => clippedSurrogate(l, old, advantages, 0.2).gain;
      const parts = (): Tensor => {
        const ratio = l.sub(old).exp();
        return ratio.mul(advantages).minimum(ratio.clamp(0.8, 1.2).mul(advantages)).mean();
      };
      gradientCheck(() => one().mul(n), [l]);
      expectSame(l, one, parts);
    }
  });

  covered.add("valueError");
  test("the value error, clipped and unclipped", () => {
    for (const n of lengths) {
      const old = tensor(rng.uniform(-1, 1, n));
      // The returns are so far away that the two errors never tie.
      const returns = old.add(tensor(rng.uniform(2, 3, n).map((x, i) => (i % 2 === 0 ? x : -x))));
      const moves = [-0.8, -0.35, -0.1, 0.12, 0.4, 0.7];
      const v = parameter(old.add(tensor(Float64Array.from({ length: n }, (_, i) => moves[i % 6]))));
      gradientCheck(() => valueError(v, returns).mul(n), [v]);
      expectSame(
        v,
        () => valueError(v, returns),
        () => v.sub(returns).square().mean(),
      );
      const clip = { old, clipRange: 0.2 };
      gradientCheck(() => valueError(v, returns, clip).mul(n), [v]);
      expectSame(
        v,
        () => valueError(v, returns, clip),
        () => {
          const near = old.add(v.sub(old).clamp(-0.2, 0.2));
          return v.sub(returns).square().maximum(near.sub(returns).square()).mean();
        },
      );
    }
  });

  covered.add("weightedSum");
  test("a weighted sum", () => {
    const a = some([]);
    const b = some([1]);
    gradientCheck(() => weightedSum([-1, a], [0.3, b.sum()], [2, a]), [a, b]);
    expectSame(
      a,
      () => weightedSum([-1, a], [0.3, b.sum()], [0.7, a.square()]),
      () => a.neg().add(b.sum().mul(0.3)).add(a.square().mul(0.7)),
    );
  });
});

test("a term of weight 0 in a weighted sum gets no gradient", () => {
  const a = some([3]);
  const b = some([3]);
  weightedSum([1, a.sum()], [0, b.exp().sum()]).backward();
  expect([a.grad?.toNested(), b.grad]).toEqual([[1, 1, 1], undefined]);
});

covered.add("network");
test("network, for rows and for one observation", () => {
  for (const shape of [[4], [1, 4], [9, 4]]) {
    const x = some(shape);
    const w = some([4, 5]);
    const b = some([5]);
    const v = some([5, 2]);
    const c = some([2]);
    const layers = [
      { weights: w, bias: b, activation: "tanh" },
      { weights: v, bias: c, activation: "none" },
    ] as const;
    expectGradient(() => network(x, layers), [x, w, b, v, c]);
  }
});

describe("a standard deviation", () => {
  covered.add("std");
  // Numbers far apart: the root is steep near 0, where finite differences say little.
  const x = parameter(
    tensor([
      [0, 3, -1, 5],
      [2, -2, 4, 1],
      [6, 0, 1, -3],
    ]),
    "x",
  );
  test.each([0, 1] as const)("divides by n - %i, over everything and over each axis", (ddof) => {
    expectGradient(() => x.std(undefined, { ddof }), [x]);
    for (const axis of [0, 1, -1]) expectGradient(() => x.std(axis, { ddof }), [x]);
  });

  test("is the root of the variance, divided by n or by n - 1, and has gradient 0 where all numbers are equal", () => {
    const rows = tensor([
      [2, 4, 4, 4, 5, 5, 7, 9],
      [1, 1, 1, 1, 1, 1, 1, 1],
    ]);
    expect(rows.std(-1).toNested()).toEqual([2, 0]);
    expect(rows.std(-1, { ddof: 1 }).toNested()).toEqual([Math.fround(Math.sqrt(Math.fround(32 / 7))), 0]);
    const equal = parameter(tensor([5, 5, 5]));
    equal.std().backward();
    expect(equal.grad?.toNested()).toEqual([0, 0, 0]);
    expect(() => tensor([1]).std(0, { ddof: 1 })).toThrow("std: 1 numbers with ddof 1 leave nothing to divide by");
  });
});

test("every operation is tested", () => {
  const others = ["backward", "detach", "noGrad", "gradientCheck", "backendName", "numerics", "TensorError"];
  // `selectRows` has no gradient; `gru` has a test file of its own.
  others.push("selectRows", "gru");
  const makers = ["full", "indices", "parameter", "Tensor", "tensor", "zeros"];
  expect(Object.keys(library).filter((name) => ![...others, ...makers, ...covered].includes(name))).toEqual([]);
});
