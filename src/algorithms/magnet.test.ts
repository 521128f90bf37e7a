import { describe, expect, it } from "vitest";
import { mlpPolicy, rowsOf } from "../policies/index.js";
import { defaultRng } from "../random/index.js";
import { box, discrete } from "../spaces/index.js";
import { magnetOf } from "./magnet.js";

const made = (seed: number) =>
  mlpPolicy({
    observationSpace: box({ low: -1, high: 1, shape: [2] }),
    actionSpace: discrete(3),
    hidden: [4],
    activation: "tanh",
    rng: defaultRng(seed),
  });

describe("a magnet", () => {
  const policy = made(0);
  const magnet = magnetOf(policy, made(1), 2);
  const rows = rowsOf(policy, [Float32Array.of(0.5, -1), Float32Array.of(1, 1)]);
  const divergence = (): number[] => Array.from(magnet.divergence(policy.distribution(rows), rows).toArray());
  const nudge = (): void => {
    for (const weights of policy.parameters()) weights.set(weights.toArray().map((value) => value + 0.3));
    policy.parameters().at(-1)?.set([1, 0, -1]);
  };

  it("begins as the policy is", () => {
    for (const value of divergence()) expect(value).toBeCloseTo(0, 6);
  });

  it("stays while the policy moves, and becomes the policy after so many updates", () => {
    nudge();
    magnet.updated();
    expect(Math.min(...divergence())).toBeGreaterThan(0.01);
    magnet.updated();
    for (const value of divergence()) expect(value).toBeCloseTo(0, 6);
  });

  it("draws the policy back by its gradient, which does not reach the magnet", () => {
    policy.parameters().at(-1)?.set([-1, 0, 1]);
    const before = magnet.weights.map((weights) => weights.toArray());
    magnet.divergence(policy.distribution(rows), rows).mean().backward();
    const [gradient] = policy.parameters().slice(-1);
    expect(gradient.grad?.toArray()[0]).toBeLessThan(0);
    expect(
      magnet.weights.every(({ grad }) => grad === undefined || grad === null || grad.toArray().every((g) => g === 0)),
    ).toBe(true);
    expect(magnet.weights.map((weights) => weights.toArray())).toEqual(before);
  });

  it("has names of its own for what a checkpoint has to hold", () => {
    expect(magnet.weights.every(({ name }) => name?.startsWith("magnet."))).toBe(true);
    expect(new Set(magnet.weights.map(({ name }) => name)).size).toBe(magnet.weights.length);
  });
});
