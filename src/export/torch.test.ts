import { describe, expect, it } from "vitest";
import { cartPole, someObservations, somePolicy } from "../../test/exported-policies.js";
import { readArrays } from "../formats/safetensors.js";
import { box, discrete } from "../spaces/index.js";
import { toTorch } from "./torch.js";

const torque = box({ low: [-2, 0], high: [2, 1] });

/** y = W·x + b, as `nn.Linear` computes it. */
function linear({ arrays }: ReturnType<typeof readArrays>, i: number, x: readonly number[]): number[] {
  const weight = arrays.get(`${i}.weight`)?.values ?? [];
  const bias = arrays.get(`${i}.bias`)?.values ?? [];
  return Array.from(bias, (b, j) => x.reduce((sum, value, k) => sum + weight[j * x.length + k] * value, b));
}

describe("weights for PyTorch", () => {
  it("are those of an nn.Sequential: the same choices", () => {
    const policy = somePolicy(cartPole, discrete(3), { activation: "tanh", hidden: [6, 5] });
    const file = readArrays(toTorch(policy));
    for (const observation of someObservations(cartPole, 200, 1)) {
      let x = [...(observation as Float32Array)];
      for (const i of [0, 2]) x = linear(file, i, x).map(Math.tanh);
      const logits = linear(file, 4, x);
      expect(logits.indexOf(Math.max(...logits))).toBe(policy.act(observation, { deterministic: true }));
    }
  });

  it("have the modules and the kind of head in the metadata", () => {
    const { metadata } = readArrays(toTorch(somePolicy(cartPole, torque, { activation: "gelu", hidden: [7] })));
    expect(JSON.parse(metadata.modules)).toEqual([
      ["Linear", 4, 7],
      ["GELU", "tanh"],
      ["Linear", 7, 2],
    ]);
    expect(metadata).toMatchObject({ head: '"gaussian"', middle: "[0,0.5]", reach: "[2,0.5]" });
  });

  it("include ln σ, the normaliser and a GRUCell where the policy has them", () => {
    const options = { activation: "relu", memory: 3, normaliseObservations: true, hidden: [] } as const;
    const { arrays } = readArrays(toTorch(somePolicy(cartPole, torque, options)));
    expect(Array.from(arrays, ([name, { shape }]) => `${name} ${shape.join("×")}`)).toEqual([
      "0.weight 2×3",
      "0.bias 2",
      "gru.weight_ih 9×4",
      "gru.weight_hh 9×3",
      "gru.bias_ih 9",
      "gru.bias_hh 9",
      "log_std 2",
      "shift 4",
      "scale 4",
    ]);
    expect([...(arrays.get("log_std")?.values ?? [])]).toEqual([-0.5, -0.5]);
  });
});
