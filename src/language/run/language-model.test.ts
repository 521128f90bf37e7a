import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { read } from "../../../test/golden/read.js";
import { noGrad } from "../../tensor/index.js";
import { tokenLogits } from "../../tensor/language/index.js";
import { readLanguageModel } from "./language-model.js";

const shipped = readLanguageModel(readFileSync(new URL("../../../models/sentiment.safetensors", import.meta.url)));

it("has the logits that Hugging Face's GPT-2 has with its weights, to 1e-5 (`test/golden/gpt2.py`)", () => {
  const { ids, logits } = read<{ ids: number[]; logits: number[][] }>("gpt2");
  const found = noGrad(() => tokenLogits(shipped.gpt.states(Int32Array.from(ids), ids.length), shipped.gpt.tokens));
  const rows = found.toNested() as number[][];
  const largest = logits.flat().reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  rows.forEach((row, t) => {
    row.forEach((x, v) => void expect(Math.abs(x - logits[t][v]) / largest).toBeLessThan(1e-5));
  });
});
