import { describe, expect, it } from "vitest";
import { exploitability, nashConv } from "./best-response.js";
import { counterfactuals } from "./counterfactual.js";
import { hiddenMoves } from "./hidden-moves.js";
import { kuhn } from "./kuhn.js";
import { type LearningRule, learnGame, magnetRule, neurdRule, policyGradientRule } from "./learning.js";
import { gameValue, profileOf, uniformProfile } from "./profile.js";
import { gameTree } from "./tree.js";

const tree = gameTree(kuhn());

/** NashConv of the last and of the average strategies after so many steps. */
function reached(rule: LearningRule, steps: number, game = tree): { last: number; average: number } {
  for (const step of learnGame(game, rule)) {
    if (step.step === steps) return { last: step.nashConv, average: step.averageNashConv };
  }
  throw new Error("unreachable");
}

describe("counterfactual values", () => {
  it("sum to a player's value over its first decisions", () => {
    const profile = uniformProfile(tree);
    const { values } = counterfactuals(tree, profile, 0);
    const first = tree.sets.filter(({ seat, name }) => seat === 0 && name.length === 1);
    const total = first.reduce((sum, { offset }) => sum + 0.5 * (values[offset] + values[offset + 1]), 0);
    expect(total).toBeCloseTo(gameValue(tree, profile), 12);
  });

  it("pay a bonus at every later decision of the same player", () => {
    const profile = uniformProfile(tree);
    const plain = counterfactuals(tree, profile, 0);
    const paid = counterfactuals(tree, profile, 0, () => 1);
    const jack = tree.sets.find(({ name }) => name === "J")?.offset ?? Number.NaN;
    // After a pass, the second player bets half of the time. J has a probability of 1/3.
    expect(paid.values[jack] - plain.values[jack]).toBeCloseTo(1 / 6, 12);
    expect(paid.values[jack + 1] - plain.values[jack + 1]).toBeCloseTo(0, 12);
  });
});

describe("the policy gradient rule", () => {
  it("moves along the gradient of the value, by finite differences", () => {
    const [zero, one] = [...takeTwo(policyGradientRule(1))];
    const epsilon = 1e-6;
    const set = tree.sets.find(({ name }) => name === "Q") ?? tree.sets[0];
    const moved = (shift: number): number => {
      const bet = 1 / (1 + Math.exp(-shift));
      return gameValue(
        tree,
        profileOf(tree, ({ name }) => (name === "Q" ? [1 - bet, bet] : [0.5, 0.5])),
      );
    };
    const slope = (moved(epsilon) - moved(-epsilon)) / (2 * epsilon);
    const logit = (profile: Float64Array): number => Math.log(profile[set.offset + 1] / profile[set.offset]);
    // The logits of both moves change by ± half of the slope in their difference.
    expect(logit(one.profile) - logit(zero.profile)).toBeCloseTo(2 * slope, 8);
  });

  it("circles, while its average converges", () => {
    const { last, average } = reached(policyGradientRule(1), 1000);
    expect(last).toBeGreaterThan(0.2);
    expect(average).toBeLessThan(0.05);
  });

  it("stops at a bias with an entropy bonus", () => {
    const { last } = reached(policyGradientRule(1, { entropyBonus: 0.05 }), 1000);
    expect(last).toBeLessThan(0.03);
    expect(last).toBeGreaterThan(0.01);
  });
});

describe("other rules", () => {
  it("NeuRD circles too, and its average converges", () => {
    const { last, average } = reached(neurdRule(1), 1000);
    expect(last).toBeGreaterThan(0.2);
    expect(average).toBeLessThan(0.02);
  });

  it("a fixed magnet stops at a bias, a moved one arrives", () => {
    expect(reached(magnetRule(0.1, 0.05), 2000).last).toBeGreaterThan(0.01);
    expect(reached(magnetRule(0.1, 0.2, { magnetSteps: 500 }), 3000).last).toBeLessThan(5e-3);
  });

  it("a moved magnet arrives at uniform in rock, paper, scissors from elsewhere", () => {
    const rps = gameTree(
      hiddenMoves([
        [0, -1, 2],
        [1, 0, -1],
        [-2, 1, 0],
      ]),
    );
    // Scissors lose 2 against rock, so the equilibrium is not the uniform start: it is [1, 2, 1] / 4.
    expect(nashConv(rps, uniformProfile(rps))).toBeGreaterThan(0.3);
    for (const step of learnGame(rps, magnetRule(0.1, 0.2, { magnetSteps: 200 }))) {
      if (step.step < 4000) continue;
      expect(exploitability(rps, step.profile)).toBeLessThan(1e-3);
      expect(Array.from(step.profile.slice(0, 3), (p) => Math.round(1000 * p))).toEqual([250, 500, 250]);
      break;
    }
  });
});

function* takeTwo(rule: LearningRule) {
  for (const step of learnGame(tree, rule)) {
    yield step;
    if (step.step === 1) return;
  }
}
