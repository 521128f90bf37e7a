/** The operations of language models against PyTorch's values and gradients (`test/golden/torch-language.py`). */

import { describe, expect, test } from "vitest";
import { constantOf, expectClose, indicesOf, read, type Stored } from "../../../test/golden/read.js";
import { parameter, type Tensor } from "../index.js";
import { batchedMatmul, causalAttention, embedding, layerNorm, tokenLogProbs } from "./index.js";

interface Case {
  readonly op: string;
  readonly name: string;
  readonly options: {
    readonly eps: number;
    readonly heads: number;
    readonly temperature: number;
    readonly a: boolean;
    readonly c: boolean;
  };
  readonly inputs: Record<string, Stored>;
  readonly output: Stored;
  readonly outputGradient: Stored;
  readonly gradients: Record<string, Stored>;
}

const operations: Record<string, (inputs: Record<string, Tensor>, options: Case["options"]) => Tensor> = {
  embedding: ({ table, ids }) => embedding(table, ids),
  layerNorm: ({ x, gain, bias }, { eps }) => layerNorm(x, gain, bias, eps),
  causalAttention: ({ qkv }, { heads }) => causalAttention(qkv, heads),
  tokenLogProbs: ({ h, w, targets, bias }, { temperature }) => tokenLogProbs(h, w, targets, { temperature, bias }),
  batchedMatmul: ({ a, c }, options) => batchedMatmul(a, c, options),
};

const { cases } = read<{ cases: Case[] }>("torch-language");

describe("PyTorch's values and gradients", () => {
  test.each(cases.map((one) => ({ ...one })))(
    "of $name",
    ({ op, options, inputs: given, output, outputGradient, gradients }) => {
      const inputs: Record<string, Tensor> = {};
      for (const [key, stored] of Object.entries(given))
        inputs[key] = key in gradients ? parameter(constantOf(stored)) : indicesOf(stored);
      const y = operations[op](inputs, options);
      expectClose(y, output);
      y.mul(constantOf(outputGradient)).sum().backward();
      for (const [key, stored] of Object.entries(gradients)) expectClose(inputs[key].grad, stored);
    },
  );

  test("cover all operations of this file", () => {
    expect([...new Set(cases.map(({ op }) => op))].sort()).toEqual(Object.keys(operations).sort());
  });
});
