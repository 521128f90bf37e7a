import { describe, expect, it } from "vitest";
import type { ExactSettings } from "../protocol.js";
import { ExactLearning } from "./exact-learning.js";

const token: ExactSettings = { world: "token", learner: "expected", beta: 0.5, kl: "k1", klPlace: "reward", seed: 3 };

function learned(settings: Partial<ExactSettings>, updates = 100): ExactLearning {
  const learning = new ExactLearning({ ...token, ...settings });
  while (learning.updates < updates) learning.advance();
  return learning;
}

describe("one token, followed without noise", () => {
  it("arrives at π* with k1 in the reward, and at the other optimum with k3 in the loss", () => {
    const right = learned({});
    expect(right.standing.toOptimum).toBeLessThan(1e-6);
    expect(right.begun.fixedPoint).toBe("reverse");
    const other = learned({ kl: "k3", klPlace: "loss" });
    expect(other.toForward).toBeLessThan(1e-6);
    expect(other.standing.toOptimum).toBeGreaterThan(0.01);
    expect(other.begun.fixedPoint).toBe("forward");
  });

  it("goes to the best token alone with k1 in the loss", () => {
    const { begun, standing } = learned({ klPlace: "loss" });
    expect(begun.fixedPoint).toBe("unregularised");
    expect(standing.meanReward).toBeGreaterThan(0.99 * Math.max(...begun.rewards));
  });
});

describe("the tree of 64 texts", () => {
  it("is learned by RLOO, as in the program of the documentation", () => {
    const { begun, standing } = learned({ world: "tree", learner: "rloo" }, 300);
    expect(begun.names).toHaveLength(64);
    expect(begun.names[6]).toBe("abc");
    expect(standing.toOptimum).toBeLessThan(0.01);
  });

  it("knows where a term of the loss leads for one token alone", () => {
    const point = (settings: Partial<ExactSettings>) => new ExactLearning({ ...token, ...settings }).begun.fixedPoint;
    expect(point({ learner: "rloo", kl: "k2", klPlace: "loss" })).toBe("reverse");
    expect(point({ learner: "rloo", kl: "k2", klPlace: "loss", world: "tree" })).toBe("unknown");
    expect(point({ learner: "rloo", klPlace: "loss", world: "tree" })).toBe("unregularised");
    expect(point({ learner: "ppo", kl: "k3", klPlace: "loss" })).toBe("reverse");
    expect(point({ learner: "grpo" })).toBe("unknown");
  });
});
