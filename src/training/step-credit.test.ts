import { describe, expect, it } from "vitest";
import type { StepCredit } from "./step-credit.js";
import { train } from "./train.js";

const algorithms = ["reinforce", "actor-critic", "a2c", "vpg", "ppo"] as const;

/** The credit of the first update. */
function firstCredit(algorithm: (typeof algorithms)[number], options = {}): StepCredit {
  const [{ credit }] = train({ algorithm, env: "CartPole-v1", steps: 500, options }, { explain: () => true });
  if (credit === undefined) throw new Error("there is no credit");
  return credit;
}

describe("the credit of an update", () => {
  it.each(algorithms)("is there for %s where it is asked for, and changes no bit of the run", (algorithm) => {
    const config = { algorithm, env: "CartPole-v1", steps: 1500 } as const;
    const plain = train(config);
    for (const update of plain) expect(update.credit).toBeUndefined();
    const explained = train(config, { explain: (update) => update % 2 === 0 });
    for (const { update, credit } of explained) expect(credit !== undefined).toBe(update % 2 === 0);
    expect(explained.result()).toEqual(plain.result());
  });

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
});
