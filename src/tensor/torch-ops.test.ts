/** Every operation against PyTorch's value and gradients (`test/golden/torch.py`). */

import { describe, expect, test } from "vitest";
import { constantOf, expectClose, indicesOf, read, type Stored } from "../../test/golden/read.js";
import { type Activation, concat, linear, parameter, stack, type Tensor, where } from "./index.js";

interface Case {
  readonly op: string;
  readonly name: string;
  readonly options: {
    readonly activation: string;
    readonly axis: number | null;
    readonly ddof: 0 | 1;
    readonly start: number;
    readonly end: number;
    readonly shape: readonly number[];
    readonly min: number;
    readonly max: number;
    readonly approximate: string;
  };
  readonly inputs: Record<string, Stored>;
  readonly output: Stored;
  readonly outputGradient: Stored;
  readonly gradients: Record<string, Stored>;
}

type Inputs = Record<string, Tensor>;
type Run = (inputs: Inputs, options: Case["options"]) => Tensor;

const axisOf = ({ axis }: Case["options"]): number | undefined => axis ?? undefined;
const operations: Record<string, Run> = {
  linear: ({ x, weight, bias }, { activation }) =>
    linear(x, weight, bias, activation.replace("gelu-tanh", "gelu") as Activation),
  matmul: ({ a, b }) => a.matmul(b),
  add: ({ a, b }) => a.add(b),
  sub: ({ a, b }) => a.sub(b),
  mul: ({ a, b }) => a.mul(b),
  div: ({ a, b }) => a.div(b),
  minimum: ({ a, b }) => a.minimum(b),
  maximum: ({ a, b }) => a.maximum(b),
  neg: ({ x }) => x.neg(),
  exp: ({ x }) => x.exp(),
  log: ({ x }) => x.log(),
  sqrt: ({ x }) => x.sqrt(),
  square: ({ x }) => x.square(),
  tanh: ({ x }) => x.tanh(),
  relu: ({ x }) => x.relu(),
  gelu: ({ x }) => x.gelu(),
  softplus: ({ x }) => x.softplus(),
  clamp: ({ x }, { min, max }) => x.clamp(min, max),
  where: ({ condition, a, b }) => where(condition, a, b),
  logSoftmax: ({ x }) => x.logSoftmax(),
  softmax: ({ x }) => x.softmax(),
  gather: ({ x, index }) => x.gather(index),
  sum: ({ x }, options) => x.sum(axisOf(options)),
  mean: ({ x }, options) => x.mean(axisOf(options)),
  variance: ({ x }, options) => x.variance(axisOf(options), { ddof: options.ddof }),
  concat: ({ a, b }, options) => concat([a, b], axisOf(options)),
  stack: ({ a, b }) => stack([a, b]),
  slice: ({ x }, { start, end, axis }) => x.slice(start, end, axis ?? 0),
  reshape: ({ x }, { shape }) => x.reshape(shape),
};

/** PyTorch features that this library lacks: GELU with erf, stacking along a later axis, and these operations. */
const absent = ({ op, options }: Case): boolean =>
  ["abs", "sigmoid", "transpose"].includes(op) ||
  options.activation === "gelu-erf" ||
  options.approximate === "none" ||
  (op === "stack" && options.axis !== 0);

const { cases } = read<{ cases: Case[] }>("torch-ops");

describe("PyTorch's values and gradients", () => {
  for (const golden of cases.filter((one) => !absent(one))) {
    test(`of ${golden.name}`, () => {
      const inputs: Inputs = {};
      for (const [key, stored] of Object.entries(golden.inputs)) {
        inputs[key] = key in golden.gradients ? parameter(constantOf(stored)) : constantOf(stored);
      }
      if ("index" in inputs) inputs.index = indicesOf(golden.inputs.index);
      const y = operations[golden.op](inputs, golden.options);
      expectClose(y, golden.output);
      y.mul(constantOf(golden.outputGradient)).sum().backward();
      for (const [key, stored] of Object.entries(golden.gradients)) expectClose(inputs[key].grad, stored);
    });
  }

  test("cover all operations of this file", () => {
    const tested = new Set(cases.filter((one) => !absent(one)).map(({ op }) => op));
    expect(Object.keys(operations).filter((op) => !tested.has(op))).toEqual([]);
  });
});
