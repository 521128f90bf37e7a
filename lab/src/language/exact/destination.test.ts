import { describe, expect, it } from "vitest";
import type { ExactSettings } from "../protocol.js";
import { destinationOf, markOf } from "./destination.js";

const settings: ExactSettings = { world: "token", learner: "rloo", beta: 0.5, kl: "k1", klPlace: "reward", seed: 0 };

describe("where learning goes, in words", () => {
  it("is right where the fixed point is π*", () => {
    expect(destinationOf("reverse", settings)).toEqual({
      kind: "right",
      sentence: "k1 in the reward has the gradient of E[r] − β KL(π ‖ ref), so it leads to π*.",
    });
  });

  it("is nowhere with k1 in the loss, and says that it does nothing", () => {
    const { kind, sentence } = destinationOf("unregularised", { ...settings, klPlace: "loss" });
    const followed = destinationOf("unregularised", { ...settings, learner: "expected", klPlace: "loss" });
    expect(followed.sentence).toMatch(/On the way it passes π\*, and does not stop there\.$/);
    expect(kind).toBe("nowhere");
    expect(sentence).toMatch(
      /^k1 in the loss does nothing: its expected gradient is 0\..* the best token takes all\.$/,
    );
  });

  it("names the place that a trainer has, whatever is chosen for others", () => {
    const chosen = { ...settings, kl: "k3", klPlace: "loss" } as const;
    expect(destinationOf("reverse", { ...chosen, learner: "ppo" }).sentence).toMatch(/^k1 in the reward/);
    expect(destinationOf("unknown", { ...chosen, learner: "grpo", klPlace: "reward" }).sentence).toMatch(
      /has k3 in the loss\./,
    );
  });

  it("says of a term in the loss that it does not see what follows", () => {
    const chosen = { ...settings, world: "tree", klPlace: "loss" } as const;
    expect(destinationOf("unknown", { ...chosen, kl: "k2" }).sentence).toMatch(/It ends near π\*, but not there\.$/);
    expect(destinationOf("unknown", { ...chosen, kl: "k3" }).sentence).toMatch(/It ends elsewhere\.$/);
  });

  it("has a mark by the noise of the learner", () => {
    expect(markOf({ ...settings, learner: "expected" }).value).toBe(1e-6);
    expect(markOf(settings).value).toBe(0.01);
  });
});
