import { describe, expect, it } from "vitest";
import { defaultRng } from "../../random/index.js";
import { noGrad } from "../../tensor/index.js";
import { sampleResponses } from "../sampling.js";
import { tokenRows } from "../sequences.js";
import { gpt } from "./gpt.js";
import { gptConfig } from "./gpt-config.js";
import { gptPolicy } from "./gpt-policy.js";

const END = 8;
const PAD = 9;
const config = { vocabulary: 10, context: 12, layers: 2, heads: 2, width: 32 };
const model = gpt(config, defaultRng(1));
const policy = gptPolicy(model);
const prompts = [[1], [2, 3, 4, 5], [0, 7]];

describe("a GPT", () => {
  it("has GPT-2's names and shapes", () => {
    const shapes = Object.fromEntries(model.parameters().map(({ name, shape }) => [name, shape]));
    expect(Object.keys(shapes)).toHaveLength(4 + 12 * 2);
    expect(shapes).toMatchObject({
      "wte.weight": [10, 32],
      "wpe.weight": [12, 32],
      "h.0.ln_1.weight": [32],
      "h.0.ln_1.bias": [32],
      "h.0.attn.c_attn.weight": [32, 96],
      "h.0.attn.c_attn.bias": [96],
      "h.0.attn.c_proj.weight": [32, 32],
      "h.0.attn.c_proj.bias": [32],
      "h.0.ln_2.weight": [32],
      "h.0.ln_2.bias": [32],
      "h.0.mlp.c_fc.weight": [32, 128],
      "h.0.mlp.c_fc.bias": [128],
      "h.0.mlp.c_proj.weight": [128, 32],
      "h.1.mlp.c_proj.bias": [32],
      "ln_f.weight": [32],
      "ln_f.bias": [32],
    });
  });

  it("1: begins with matrices of deviation 0.02, smaller where they write to the states, and no bias", () => {
    const big = gpt(gptConfig("micro", { vocabulary: 64, context: 64 }), defaultRng(3));
    for (const p of big.parameters()) {
      const { name = "", shape } = p;
      const values = [...p.toArray()];
      if (shape.length === 1) {
        expect(new Set(values)).toEqual(new Set([/ln_.*weight/.test(name) ? 1 : 0]));
        continue;
      }
      const deviation = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
      const right = /c_proj/.test(name) ? 0.02 / Math.sqrt(8) : 0.02;
      expect(deviation / right).toBeGreaterThan(0.96);
      expect(deviation / right).toBeLessThan(1.04);
    }
  });

  it("2: has the same bits for a sequence that is filled up", () => {
    const alone = noGrad(() => model.states(Int32Array.from([1, 2, 3]), 3).toArray());
    const both = noGrad(() => model.states(Int32Array.from([4, 5, 6, 7, 0, 1, 2, 3, PAD, PAD]), 5).toArray());
    expect([...both.subarray(5 * 32, 8 * 32)]).toEqual([...alone]);
  });

  it("has the same bits where only some states are asked for", () => {
    const ids = Int32Array.from([1, 2, 3, 4, 5, 6]);
    const all = noGrad(() => model.states(ids, 3).toArray());
    const some = noGrad(() => model.states(ids, 3, Int32Array.from([4, 1])).toArray());
    expect([...some]).toEqual([...all.subarray(4 * 32, 5 * 32), ...all.subarray(32, 64)]);
    expect(() => model.states(ids, 3, Int32Array.from([6]))).toThrow("id 6 at element 0");
  });

  it("does not see what follows", () => {
    const before = noGrad(() => model.states(Int32Array.from([1, 2, 3, 4]), 4).toArray());
    const changed = noGrad(() => model.states(Int32Array.from([1, 2, 3, 7]), 4).toArray());
    expect([...changed.subarray(0, 96)]).toEqual([...before.subarray(0, 96)]);
    expect([...changed.subarray(96)]).not.toEqual([...before.subarray(96)]);
  });

  it.each([
    [{ ...config, width: 30, heads: 4 }, "gpt.width: got 30, allowed is a multiple of the 4 heads"],
    [{ ...config, layers: 0 }, "gpt.layers: got 0"],
    [{ ...config, vocabulary: 2.5 }, "gpt.vocabulary: got 2.5"],
  ])("is refused where %j", (wrong, message) => {
    expect(() => gpt(wrong, defaultRng(0))).toThrow(message);
  });

  it("has sizes by name", () => {
    expect(() => gptConfig("nona" as "nano", config)).toThrow("Did you mean nano?");
    const size = (name: Parameters<typeof gptConfig>[0]): number =>
      gpt(gptConfig(name, { vocabulary: 32, context: 64 }), defaultRng(0))
        .parameters()
        .reduce((sum, p) => sum + p.size, 0);
    expect([size("nano"), size("small")].map((n) => Math.round(n / 1e4))).toEqual([11, 23]);
  });

  it("refuses more tokens than its context has room for, and ids that it doesn't know", () => {
    expect(() => model.states(new Int32Array(13), 13)).toThrow(/id 12 .* is not from 0 to 11/);
    expect(() => model.states(Int32Array.from([10]), 1)).toThrow(/id 10 .* is not from 0 to 9/);
  });
});

describe("responses", () => {
  it.each([1, 0.7])("have the very log-probabilities that they were drawn with, at temperature %s", (temperature) => {
    const drawn = sampleResponses(model, prompts, { end: END, temperature }, defaultRng(5));
    const rows = tokenRows(drawn, { end: END, pad: PAD });
    const scored = noGrad(() => policy.forward(rows, temperature).logProbs.toArray());
    expect([...scored]).toEqual(drawn.flatMap(({ logProbs }) => logProbs));
    expect(drawn.some(({ response }) => response.at(-1) === END)).toBe(true);
  });

  it("have no token that may not be drawn, and the probabilities of the others add up to 1", () => {
    const never = [PAD, 0];
    const masked = gptPolicy(model, { never });
    const many = Array.from({ length: 200 }, () => [3, 3]);
    const drawn = masked.sample(many, { end: END, temperature: 2 }, defaultRng(1));
    const rows = tokenRows(drawn, { end: END, pad: PAD });
    const pass = masked.forward(rows, 2);
    expect([...noGrad(() => pass.logProbs.toArray())]).toEqual(drawn.flatMap(({ logProbs }) => logProbs));
    expect(drawn.some(({ response }) => response.some((id) => never.includes(id)))).toBe(false);
    const all = config.vocabulary;
    const each = tokenRows(
      Array.from({ length: all }, (_, id) => ({ prompt: [1], response: [id] })),
      { end: END, pad: PAD },
    );
    const shares = noGrad(() => masked.forward(each).logProbs.toArray()).map(Math.exp);
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    expect(never.map((id) => shares[id])).toEqual([0, 0]);
    pass.logProbs.mean().backward();
    for (const { grad } of model.parameters()) expect(grad?.toArray().every(Number.isFinite)).toBe(true);
    for (const parameter of model.parameters()) parameter.grad = undefined;
  });

  it("end with the end, or where the context or the limit is full", () => {
    const many = sampleResponses(
      model,
      Array.from({ length: 100 }, () => [3, 3]),
      { end: END, maxTokens: 6 },
      defaultRng(1),
    );
    for (const { response } of many) {
      expect(response.indexOf(END)).toBe(response.includes(END) ? response.length - 1 : -1);
      if (!response.includes(END)) expect(response).toHaveLength(6);
    }
    const free = sampleResponses(model, [[1, 2, 3, 4, 5]], { end: -1 }, defaultRng(1));
    expect(free[0].response).toHaveLength(7);
  });

  it("take the most probable token with topK 1", () => {
    const [one, other] = [1, 2].map((seed) => sampleResponses(model, prompts, { end: END, topK: 1 }, defaultRng(seed)));
    expect(one.map(({ response }) => response)).toEqual(other.map(({ response }) => response));
  });

  it("follow from the seed", () => {
    const draw = (seed: number) => sampleResponses(model, prompts, { end: END }, defaultRng(seed));
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });

  it("are refused for a prompt that is empty or leaves no room", () => {
    expect(() => sampleResponses(model, [[1], []], { end: END }, defaultRng(0))).toThrow('prompts[1]: got "0 tokens"');
    const long = Array(12).fill(1);
    expect(() => sampleResponses(model, [long], { end: END }, defaultRng(0))).toThrow('prompts[0]: got "12 tokens"');
  });
});

describe("sequences side by side", () => {
  it("number their response tokens, with the place of the token before each", () => {
    const rows = tokenRows(
      [
        { prompt: [1, 2], response: [3, END] },
        { prompt: [4], response: [5] },
      ],
      { end: END, pad: PAD },
    );
    expect([...rows.ids]).toEqual([1, 2, 3, END, 4, 5, PAD, PAD]);
    expect([...rows.before]).toEqual([1, 2, 4]);
    expect([...rows.targets]).toEqual([3, END, 5]);
    expect(rows.segments).toEqual([
      { start: 0, end: 2, terminated: true, truncated: false },
      { start: 2, end: 3, terminated: false, truncated: true },
    ]);
  });

  it("are refused where there is nothing to predict from, or nothing to predict", () => {
    expect(() => tokenRows([], { end: END, pad: PAD })).toThrow("sequences: got");
    expect(() => tokenRows([{ prompt: [], response: [1] }], { end: END, pad: PAD })).toThrow("sequences[0].prompt");
    expect(() => tokenRows([{ prompt: [1], response: [] }], { end: END, pad: PAD })).toThrow("sequences[0].response");
  });
});
