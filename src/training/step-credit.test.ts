import { describe, expect, it } from "vitest";
import type { StepCredit } from "./step-credit.js";
import { train } from "./train.js";
import type { Update } from "./types.js";

const algorithms = ["reinforce", "actor-critic", "a2c", "vpg", "ppo"] as const;

/** The first update, with its credit. */
function firstUpdate(algorithm: (typeof algorithms)[number], options = {}): Update & { readonly credit: StepCredit } {
  const [update] = train({ algorithm, env: "CartPole-v1", steps: 500, options }, { explain: () => true });
  const { credit } = update;
  if (credit === undefined) throw new Error("there is no credit");
  return { ...update, credit };
}

const firstCredit = (algorithm: (typeof algorithms)[number], options = {}): StepCredit =>
  firstUpdate(algorithm, options).credit;

describe("the credit of an update", () => {
  it.each(algorithms)("is there for %s where it is asked for, and changes no bit of the run", (algorithm) => {
    const config = { algorithm, env: "CartPole-v1", steps: 1500 } as const;
    const plain = train(config);
    for (const update of plain) expect(update.credit).toBeUndefined();
    const explained = train(config, { explain: (update) => update % 2 === 0 });
    for (const { update, credit } of explained) expect(credit !== undefined).toBe(update % 2 === 0);
    expect(explained.result()).toEqual(plain.result());
  });

  it.each([{ episodes: 30 }, { steps: 1500 }, { episodes: 1000 }])(
    "can be asked of the last update alone: %o",
    (config) => {
      const updates = [
        ...train({ algorithm: "reinforce", env: "CartPole-v1", ...config }, { explain: (_, last) => last }),
      ];
      expect(updates.flatMap(({ update, credit }) => (credit === undefined ? [] : update))).toEqual([updates.length]);
    },
  );

  it.each(algorithms)(
    "has one number a step for %s: reward, return, advantage, log π before and after",
    (algorithm) => {
      const { segments, rewards, returns, advantages, actions, logProbs, newLogProbs } = firstCredit(algorithm);
      const size = segments[segments.length - 1].end;
      for (const column of [rewards, returns, advantages, actions, logProbs, newLogProbs])
        expect(column).toHaveLength(size);
      expect(Math.max(...Array.from(logProbs))).toBeLessThan(0);
      expect(newLogProbs).not.toEqual(logProbs);
    },
  );

  it("of plain REINFORCE has the returns to go as advantages, and makes the action of the best step likelier", () => {
    const options = { baseline: "none", gamma: 1, normalise: "none" };
    const { rewards, returns, advantages, baseline, logProbs, newLogProbs } = firstCredit("reinforce", options);
    expect(baseline).toBeUndefined();
    expect(advantages).toEqual(returns);
    const toGo = Array.from(rewards, (_, t) => rewards.slice(t).reduce((sum, reward) => sum + reward, 0));
    expect(Array.from(returns ?? [])).toEqual(toGo);
    const gain = Array.from(newLogProbs, (after, t) => (after - logProbs[t]) * toGo[t]);
    expect(gain.reduce((sum, x) => sum + x, 0)).toBeGreaterThan(0);
  });

  it("of PPO has R - V as the advantage of a step into a terminal state", () => {
    const { segments, rewards, advantages, baseline } = firstCredit("ppo", { normaliseAdvantages: "none" });
    const ended = segments.filter(({ terminated }) => terminated);
    expect(ended.length).toBeGreaterThan(0);
    for (const { end } of ended)
      expect(advantages?.[end - 1]).toBeCloseTo(rewards[end - 1] - (baseline?.[end - 1] ?? 0), 5);
  });

  it.each(algorithms)("has parts of the loss for %s that sum to it, with the bonus that was set", (algorithm) => {
    const options = { entropyBonus: 0.3, ...(algorithm === "ppo" && { epochs: 2, minibatchSize: 50 }) };
    const { credit, diagnostics } = firstUpdate(algorithm, options);
    const parts = credit.lossParts ?? [];
    const sum = parts.reduce((total, { coefficient, value }) => total + coefficient * value, 0);
    expect(sum).toBeCloseTo(diagnostics.loss, 4);
    const entropy = parts.find(({ name }) => name === "entropy");
    expect(entropy?.coefficient).toBe(-0.3);
    expect(entropy?.value).toBeGreaterThan(algorithm === "reinforce" ? 5 : 0.6);
    const value = parts.find(({ name }) => name === "value");
    if (value !== undefined) expect(value.value).toBeCloseTo(diagnostics.valueLoss, 5);
    expect(value !== undefined).toBe(algorithm === "a2c" || algorithm === "ppo");
  });

  it("of PPO has the advantages that its minibatches weigh, and 0 for steps that no gradient step has seen", () => {
    const size = 256;
    const parts = { epochs: 1, rolloutSteps: size / 8, minibatchSize: 64 };
    const seen = firstCredit("ppo", parts);
    const raw = firstCredit("ppo", { ...parts, normaliseAdvantages: "none" });
    const sum = (numbers: ArrayLike<number> = []): number => Array.from(numbers).reduce((total, x) => total + x, 0);
    expect(Math.abs(sum(seen.advantages)) / size).toBeLessThan(1e-9);
    expect(Math.abs(sum(raw.advantages)) / size).toBeGreaterThan(0.1);
    const stopped = firstCredit("ppo", { ...parts, targetKl: 1e-9, learningRate: 0.1 });
    expect(Array.from(stopped.advantages ?? []).filter((A) => A === 0)).toHaveLength(size - 64);
  });

  it("has the clip range of PPO, as its schedule has it, and none of algorithms that clip nothing", () => {
    expect(firstCredit("ppo", { clipRange: 0.3 }).clipRange).toBe(0.3);
    expect(firstCredit("a2c").clipRange).toBeUndefined();
    const options = { clipRange: 0.2, finalClipRange: 0, rolloutSteps: 128 };
    const run = train({ algorithm: "ppo", env: "CartPole-v1", steps: 2048, options }, { explain: () => true });
    expect([...run].map(({ credit }) => credit?.clipRange)).toEqual([0.2, 0.1]);
  });
});
