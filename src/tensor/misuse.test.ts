/** Common mistakes in training scripts, and the messages they get. */

import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  backward,
  clamp,
  clippedSurrogate,
  concat,
  detach,
  divergenceOf,
  exp,
  full,
  gather,
  indices,
  linear,
  logSoftmax,
  matmul,
  noGrad,
  parameter,
  stack,
  sum,
  type Tensor,
  TensorError,
  tensor,
  valueError,
  weightedSum,
  where,
  zeros,
} from "./index.js";

const refused = (compute: () => unknown, message: string): void => {
  expect(compute).toThrow(TensorError);
  expect(compute).toThrow(message);
};

describe("shapes that do not fit are errors that name the operation and both shapes:", () => {
  const matrix = zeros([2, 3]);

  test("a loss needs one number for each step", () => {
    const refusal = "needs float32 tensors of one shape that is not empty, got";
    refused(
      () => clippedSurrogate(zeros([5]), zeros([5]), zeros([5, 1]), 0.2),
      `clippedSurrogate: ${refusal} [5], [5], [5, 1]`,
    );
    refused(() => valueError(zeros([5]), zeros([4])), `valueError: ${refusal} [5], [4]`);
    refused(() => valueError(zeros([0]), zeros([0])), `valueError: ${refusal} [0], [0]`);
    refused(() => weightedSum([1, zeros([2])]), "weightedSum: needs float32 tensors of one number, got [2]");
    refused(() => weightedSum(), "weightedSum: needs at least one term");
  });

  test("[T, 1] with [T] is not an outer product", () => {
    for (const operation of ["add", "sub", "mul", "div", "minimum", "maximum"] as const) {
      refused(
        () => zeros([5, 1])[operation](zeros([5])),
        `${operation}: shapes [5, 1] and [5] do not match; allowed are equal shapes, a number, or a row [n] against […, n]. ` +
          "They hold the same number of elements: did you mean reshape([5, 1]) on the second?",
      );
      refused(() => zeros([5])[operation](zeros([5, 1])), `${operation}: shapes [5] and [5, 1]`);
    }
  });

  test("[1] and [n, 1] are not broadcast either", () => {
    refused(() => matrix.add(zeros([1])), "add: shapes [2, 3] and [1]");
    refused(() => matrix.add(zeros([2, 1])), "add: shapes [2, 3] and [2, 1]");
    refused(() => matrix.mul(zeros([2])), "mul: shapes [2, 3] and [2]");
    refused(() => zeros([3, 2, 4]).mul(zeros([2, 4])), "mul: shapes [3, 2, 4] and [2, 4]");
  });

  test("matrix products", () => {
    refused(() => matmul(matrix, matrix), "matmul: needs [m, k] and [k, n], got [2, 3] and [2, 3]");
    refused(() => matmul(zeros([3]), matrix), "got [3] and [2, 3]");
    refused(
      () => linear(matrix, zeros([4, 5])),
      "linear: needs x [m, k], weights [k, n] and bias [n], got [2, 3], [4, 5]",
    );
    refused(() => linear(matrix, zeros([3, 5]), zeros([4])), "got [2, 3], [3, 5] and bias [4]");
    refused(() => linear(zeros([]), zeros([3, 5])), "got [], [3, 5]");
    refused(() => linear(zeros([2, 2, 3]), zeros([3, 5])), "got [2, 2, 3], [3, 5]");
    refused(() => linear(matrix, zeros([3])), "got [2, 3], [3]");
  });

  test("joins and rearrangements", () => {
    refused(() => concat([matrix, zeros([2, 4])]), "concat along axis 0: [2, 3] and [2, 4] do not fit together");
    refused(() => concat([matrix, zeros([3])]), "[2, 3] and [3]");
    refused(() => concat([]), "concat: needs at least one tensor");
    refused(() => stack([matrix, zeros([3, 2])]), "stack: the shapes [2, 3] and [3, 2] must be equal");
    refused(() => stack([]), "stack: needs at least one tensor");
    refused(() => matrix.reshape([4]), "reshape: [2, 3] holds 6 numbers, [4] does not");
    refused(() => matrix.reshape([-1, 4]), "reshape: [2, 3] holds 6 numbers, [-1, 4] does not");
    refused(() => matrix.reshape([-1, -1]), "reshape: [2, 3]");
    refused(() => matrix.slice(0, 3), "slice: 0 to 3 does not fit in axis 0 of [2, 3]");
    refused(() => matrix.slice(2, 1), "slice: 2 to 1");
    refused(() => matrix.slice(0.5), "slice: 0.5 to the end");
    refused(() => matrix.slice(0, 1, 2), "slice: axis 2 of a tensor of shape [2, 3], which has 2 axes");
  });

  test("reductions and rows", () => {
    refused(() => matrix.sum(2), "sum: axis 2 of a tensor of shape [2, 3], which has 2 axes");
    refused(() => matrix.mean(-3), "mean: axis -3");
    refused(() => zeros([0]).mean(), "mean: needs at least one number, got shape [0]");
    refused(() => zeros([1]).variance(undefined, { ddof: 1 }), "variance: 1 numbers with ddof 1");
    refused(() => logSoftmax(zeros([])), "logSoftmax: needs a last axis of at least one number, got shape []");
    refused(() => logSoftmax(zeros([3, 0])), "got shape [3, 0]");
    refused(() => where(zeros([2]), zeros([3]), zeros([3])), "where: the shapes [2], [3], [3] must be equal");
    refused(() => divergenceOf(zeros([2, 3]), zeros([3])), "divergenceOf: the shapes [2, 3] and [3] must be equal");
    refused(() => clamp(matrix, 1, -1), "clamp of a [2, 3] tensor: low 1 must not be above high -1");
    refused(() => clamp(matrix, Number.NaN, 1), "low NaN");
  });
});

describe("indices", () => {
  test("out of range are named with their row", () => {
    refused(() => gather(zeros([2, 3]), [0, 3]), "gather: index 3 at row 1 is not from 0 to 2 (shape [2, 3])");
    refused(() => gather(zeros([2, 3]), [-1, 0]), "gather: index -1 at row 0");
    refused(() => gather(zeros([3]), 3), "gather: index 3 at row 0");
  });

  test("have the shape of the rows that they select from", () => {
    refused(() => gather(zeros([2, 3]), [0]), "gather: shape [2, 3] needs an index of shape [2], got [1]");
    refused(() => gather(zeros([2, 3]), 1), "needs an index of shape [2], got []");
    refused(() => gather(zeros([2, 3]), zeros([2])), "gather: the index must be int32; make it with indices(…)");
  });

  test("are whole numbers", () => {
    refused(() => indices([1, 0.5]), "indices: element 1 is 0.5, which is not a whole number of 32 bits");
    refused(() => indices([Number.NaN]), "element 0 is NaN");
    refused(() => indices([2 ** 31]), "element 0 is 2147483648");
  });

  test("take part in no arithmetic", () => {
    refused(() => indices([1, 2]).add(1), "can't be computed from the int32 tensor [2]");
    refused(() => zeros([2]).mul(indices([1, 2])), "can't be computed from the int32 tensor [2]");
    refused(() => indices([1, 2]).exp(), "int32");
    refused(() => parameter(indices([1])), "can't be learned");
    expect(
      concat([indices([1]), indices([2])])
        .slice(1)
        .reshape([1, 1])
        .toNested(),
    ).toEqual([[2]]);
  });
});

describe("a tensor", () => {
  test("from ragged arrays is an error that says where", () => {
    const ragged = [[1, 2], [3]];
    refused(() => tensor(ragged), "tensor: ragged arrays: element 0 has shape [2], element 1 has [1]");
    refused(() => tensor([[1], 2]), "element 0 has shape [1], element 1 has []");
  });

  test("with a shape that does not fit the numbers is an error", () => {
    refused(() => tensor([1, 2, 3], [2, 2]), "tensor: shape [2, 2] needs 4 numbers, got 3");
    refused(() => tensor([1, 2], [-1, -2]), "shape [-1, -2] must consist of whole numbers of at least 0");
    refused(() => zeros([1.5]), "shape [1.5]");
    refused(() => full([2, Number.NaN], 1), "shape [2, NaN]");
    refused(() => zeros([2]).set([1]), "set: [2] holds 2 numbers, got 1");
    refused(() => zeros([2]).item(), "item: needs a tensor of one number, this one is [2]");
  });
});

describe("backward", () => {
  const weights = (): Tensor => parameter(tensor([1, 2]), "policy.0.weights");

  test("needs a tensor of one number", () => {
    refused(() => weights().mul(2).backward(), "backward: needs a tensor of one number (a loss), got shape [2]");
  });

  test("from a loss that depends on no parameter says which value was detached", () => {
    refused(
      () => weights().detach().mul(2).sum().backward(),
      "the loss depends on no parameter, so nothing would be learned: it goes back to detach() of a policy.0.weights [2] tensor",
    );
    refused(
      () =>
        noGrad(() => weights().mul(2))
          .sum()
          .backward(),
      "it goes back to a [2] tensor computed inside noGrad()",
    );
    refused(
      () =>
        detach(noGrad(() => weights().exp()))
          .sum()
          .backward(),
      "computed inside noGrad()",
    );
    refused(() => tensor(weights().toArray()).sum().backward(), "it was made of plain numbers only");
  });

  test("works if only another part of the loss was detached", () => {
    const w = weights();
    w.mul(w.detach()).sum().backward();
    expect(w.grad?.toNested()).toEqual([1, 2]);
  });

  test("cannot run twice over one graph", () => {
    const loss = weights().square().sum();
    loss.backward();
    refused(() => loss.backward(), "backward: this graph was used up by an earlier backward(); compute the loss again");
  });

  test("cannot pass through what an earlier backward consumed", () => {
    const shared = weights().exp();
    const first = shared.sum();
    const second = shared.square().sum();
    first.backward();
    refused(() => second.backward(), "part of the graph, a [2] tensor, was used up by an earlier backward()");
  });

  test("consumes intermediate results, and reading one says so", () => {
    const w = weights();
    const h = w.exp();
    const kept = h.detach();
    h.sum().backward();
    refused(() => h.toArray(), "a [2] tensor was used up by backward(), which frees intermediate results");
    refused(() => h.add(1), "used up by backward()");
    expect(String(h)).toBe("tensor [2], used up by backward()");
    expect(kept.toArray()[0]).toBeCloseTo(Math.E);
  });

  test("leaves tensors of one number readable", () => {
    const w = weights();
    const entropy = w.square().sum();
    const loss = entropy.mul(3);
    loss.backward();
    expect([loss.item(), entropy.item()]).toEqual([15, 5]);
  });

  test("adds to existing gradients", () => {
    const w = weights();
    w.sum().backward();
    w.mul(2).sum().backward();
    expect(w.grad?.toNested()).toEqual([3, 3]);
  });

  test("leaves a reshape made without a graph as it was", () => {
    const w = weights();
    const h = w.mul(2);
    const flat = noGrad(() => h.reshape([2, 1]));
    h.reshape([1, 2]).sum().backward();
    expect(flat.toNested()).toEqual([[2], [4]]);
  });

  test("leaves shared results alone", () => {
    const x = tensor([[1, 2]]);
    const w = parameter(tensor([[3], [4]]));
    const known = noGrad(() => linear(x, w));
    linear(concat([x, x]), w, undefined, "none", concat([known, known]))
      .sum()
      .backward();
    const twice = concat([known, known]);
    linear(concat([x, x]), w, undefined, "none", twice)
      .sum()
      .backward();
    expect(twice.toNested()).toEqual([[11], [11]]);
  });
});

describe("NaN and infinities", () => {
  const special = (): Tensor => tensor([Number.NaN, Infinity, -Infinity, -0]);

  test("pass through relu, clamp, minimum and maximum", () => {
    expect(special().relu().toNested()).toEqual([Number.NaN, Infinity, 0, 0]);
    expect(special().clamp(-1, 1).toNested()).toEqual([Number.NaN, 1, -1, -0]);
    expect(special().minimum(0.5).toNested()).toEqual([Number.NaN, 0.5, -Infinity, -0]);
    expect(special().maximum(0.5).toNested()).toEqual([Number.NaN, Infinity, 0.5, 0.5]);
    expect(full([], 0.5).maximum(special()).toNested()).toEqual([Number.NaN, Infinity, 0.5, 0.5]);
    expect(full([], 0.5).minimum(special()).toNested()).toEqual([Number.NaN, 0.5, -Infinity, -0]);
  });

  test("pass through the relu of a layer, in a batch and alone", () => {
    const w = tensor([[1]]);
    expect(linear(special().reshape([4, 1]), w, undefined, "relu").toNested()).toEqual([
      [Number.NaN],
      [Infinity],
      [0],
      [0],
    ]);
    expect(linear(tensor([Number.NaN]), w, undefined, "relu").toNested()).toEqual([Number.NaN]);
    const wide = linear(tensor([[Number.NaN, 1]]), full([2, 33], 1), zeros([33]), "relu").toArray();
    expect(wide.every(Number.isNaN)).toBe(true);
  });

  test("are found by firstNotFinite", () => {
    expect(tensor([1, 2, Number.NaN]).firstNotFinite()).toBe(2);
    expect(tensor([1, -Infinity]).firstNotFinite()).toBe(1);
    expect(tensor([1, 3e38]).firstNotFinite()).toBe(-1);
  });
});

describe("what is no tensor is refused, with what to write instead:", () => {
  const w = parameter(tensor([1, 2]), "w");
  const wrong = (value: unknown): Tensor => value as Tensor;

  test("log-probabilities that were read with item() and have lost their gradient", () => {
    refused(
      () => stack([w.sum(), wrong(-0.69)]),
      "stack: element 1 must be a tensor, it is the number -0.69. item() and toArray() give plain numbers, " +
        "which have no gradient: keep the tensor, such as pi.logProb(action)",
    );
    refused(() => stack(wrong(3) as never), "stack: needs an array of tensors, got the number 3; write stack([…])");
    refused(() => concat([wrong(undefined)]), "concat: element 0 must be a tensor, it is undefined");
  });

  test("tensors among numbers", () => {
    refused(
      () => tensor([w.sum(), w.sum()] as never),
      "tensor: element 0 is a tensor []; stack([…]) joins tensors and keeps their gradients",
    );
    refused(() => tensor(w as never), "tensor: got a tensor [2] already; use it as it is");
    refused(() => tensor([1, null] as never), "tensor: needs numbers or nested arrays of numbers, element 1 is null");
    refused(() => tensor(["1"] as never), "element 0 is 1 (string)");
    refused(() => zeros(3 as never), "tensor: the shape must be an array such as [3] or [2, 3], it is 3");
  });

  test("operands of every kind", () => {
    refused(() => w.mul([1, 2] as never), "mul: needs a tensor, got an array of 2; write tensor(…) around it");
    refused(() => w.add("1" as never), 'add: needs a tensor, got the text "1"');
    refused(() => w.sub(undefined as never), "sub: needs a tensor, got undefined");
    refused(() => sum(wrong(3)), "sum: needs a tensor, got the number 3; write tensor(3)");
    refused(() => exp(wrong(Float32Array.of(1))), "exp: needs a tensor, got an object of the kind Float32Array of 1");
    refused(() => logSoftmax(wrong([1, 2])), "logSoftmax: needs a tensor, got an array of 2");
    refused(() => matmul(zeros([2, 2]), wrong({})), "matmul: needs a tensor, got an object of the kind Object");
    refused(() => where(zeros([1]), zeros([1]), wrong(0)), "where: needs a tensor, got the number 0");
    refused(() => backward(wrong(1)), "backward: needs a tensor, got the number 1");
  });

  test("the operators of JavaScript, which know no tensors; a text is still a text", () => {
    const [a, b] = [w.sum(), w.mean()] as unknown as [number, number];
    const message = "a [] tensor can't stand beside + - * / < or ==: write logProb.neg().mul(R) for -logProb * R, ";
    for (const compute of [() => -a * 2, () => a * b, () => a + b, () => a < b, () => a / 2]) refused(compute, message);
    expect(`${a}`).toBe("tensor [] (3)");
    expect(String(b)).toBe("tensor [] (1.5)");
  });
});

describe("console.log in Node shows", () => {
  test("shape, name and rows", () => {
    expect(
      inspect(
        tensor([
          [1, 2, 3],
          [4, 5.5, 1 / 3],
        ]),
      ),
    ).toBe("tensor [2, 3]\n[[1, 2, 3],\n [4, 5.5, 0.333333]]");
    expect(inspect(parameter(tensor([1, 2]), "w"))).toBe("tensor [2] w [1, 2]");
    expect(inspect(tensor(0.1))).toBe("tensor [] 0.1");
    expect(inspect(indices([3, 4]))).toBe("indices [2] [3, 4]");
    expect(inspect(zeros([2, 0]))).toBe("tensor [2, 0]\n[[],\n []]");
    expect(inspect({ loss: tensor([1]) })).toBe("{ loss: tensor [1] [1] }");
  });

  test("the ends of long axes", () => {
    const long = Array.from({ length: 300 }, (_, i) => i);
    expect(inspect(tensor(long))).toBe("tensor [300] [0, 1, 2, …, 297, 298, 299]");
    const tall = inspect(tensor(long, [150, 2]));
    expect(tall).toBe("tensor [150, 2]\n[[0, 1],\n [2, 3],\n [4, 5],\n …,\n [294, 295],\n [296, 297],\n [298, 299]]");
  });

  test("that backward() has used it up", () => {
    const y = parameter(tensor([1, 2])).mul(2);
    y.sum().backward();
    expect(inspect(y)).toBe("tensor [2], used up by backward()");
  });
});
