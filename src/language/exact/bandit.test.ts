import { describe, expect, it } from "vitest";
import { KL_ESTIMATES, type KL_PLACES, klEstimate, klSlope, klWeight } from "../kl.js";
import { ascend, tokenBandit } from "./bandit.js";
import {
  divergence,
  expectation,
  forwardOptimum,
  normalised,
  optimalValue,
  regularisedValue,
  reverseOptimum,
} from "./optimum.js";

const bandit = tokenBandit(16, 3);
const beta = 0.5;
const { reference, rewards } = bandit;
const reverse = reverseOptimum(reference, rewards, beta);

/** Some other policies. */
const policies = [1, 2, 3, 4].map((seed) => tokenBandit(16, seed).reference);
const eachPolicy = policies.map((policy, i) => ({ name: `policy ${i}`, policy }));

describe("the optimum of E[r] − β KL(π ‖ ref)", () => {
  it("has the value β ln Z", () => {
    expect(regularisedValue(reverse, { reference, rewards, beta })).toBeCloseTo(
      optimalValue(reference, rewards, beta),
      12,
    );
  });

  it.each(eachPolicy)("is missed by β KL(π ‖ π*): $name", ({ policy }) => {
    const gap = optimalValue(reference, rewards, beta) - regularisedValue(policy, { reference, rewards, beta });
    expect(gap).toBeCloseTo(beta * divergence(policy, reverse), 10);
  });

  it("leaves out what the reference never does", () => {
    const never = normalised([0, Number.NEGATIVE_INFINITY, 0]);
    expect(reverseOptimum(never, [0, 100, 1], beta)[1]).toBe(Number.NEGATIVE_INFINITY);
    expect(forwardOptimum(never, [0, 100, 1], beta)[1]).toBe(Number.NEGATIVE_INFINITY);
    expect(divergence(reverseOptimum(never, [0, 100, 1], beta), never)).toBeGreaterThan(0);
  });

  it("is the reference where all rewards are equal, and the best outcome where β is small", () => {
    expect(
      divergence(
        reverseOptimum(
          reference,
          reference.map(() => 7),
          beta,
        ),
        reference,
      ),
    ).toBeCloseTo(0, 12);
    const greedy = reverseOptimum(reference, rewards, 1e-3);
    expect(expectation(greedy, rewards)).toBeCloseTo(Math.max(...rewards), 9);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("is refused for β = %s", (wrong) => {
    expect(() => reverseOptimum(reference, rewards, wrong)).toThrow("beta: got");
  });
});

describe("the optimum of E[r] − β KL(ref ‖ π)", () => {
  const forward = forwardOptimum(reference, rewards, beta);
  const value = (policy: Float64Array): number => expectation(policy, rewards) - beta * divergence(reference, policy);

  it("has probabilities that add up to 1, in proportion to β ref / (λ − r) with one λ", () => {
    expect(forward.reduce((sum, l) => sum + Math.exp(l), 0)).toBeCloseTo(1, 12);
    const lambdas = forward.map((l, y) => rewards[y] + beta * Math.exp(reference[y] - l));
    expect(Math.max(...lambdas) - Math.min(...lambdas)).toBeLessThan(1e-9);
  });

  it("is better by its own measure than its neighbours and the other optimum", () => {
    const neighbours = Array.from(forward, (_, y) => normalised(forward.map((l, i) => (i === y ? l + 0.01 : l))));
    for (const other of [...policies, ...neighbours, reverse]) expect(value(forward)).toBeGreaterThan(value(other));
  });
});

describe("estimates of KL(π ‖ ref)", () => {
  const ratios = (policy: Float64Array): Float64Array => policy.map((l, y) => l - reference[y]);

  it.each(eachPolicy)("are unbiased for k1 and k3, and never below 0 for k2 and k3: $name", ({ policy }) => {
    const u = ratios(policy);
    const exact = divergence(policy, reference);
    expect(
      expectation(
        policy,
        u.map((x) => klEstimate("k1", x)),
      ),
    ).toBeCloseTo(exact, 12);
    expect(
      expectation(
        policy,
        u.map((x) => klEstimate("k3", x)),
      ),
    ).toBeCloseTo(exact, 12);
    for (const x of u) for (const name of ["k2", "k3"] as const) expect(klEstimate(name, x)).toBeGreaterThanOrEqual(0);
  });

  it.each(KL_ESTIMATES)("%s has its slope", (name) => {
    for (const u of [-2, -0.1, 0.3, 1.7]) {
      const h = 1e-5;
      const slope = (klEstimate(name, u + h) - klEstimate(name, u - h)) / (2 * h);
      expect(klSlope(name, u)).toBeCloseTo(slope, 8);
    }
  });

  it("are weights of ∇ ln π, by place", () => {
    expect(klWeight("k2", "reward", 3)).toBe(-4.5);
    expect(klWeight("k2", "loss", 3)).toBe(-3);
  });
});

describe("learning on one token, without noise", () => {
  const end = (estimate: (typeof KL_ESTIMATES)[number], place: (typeof KL_PLACES)[number], scaleByDeviation = false) =>
    ascend(bandit, { beta, estimate, place, scaleByDeviation });

  it("goes on from the end of another ascent as if it had not stopped", () => {
    const how = { beta, estimate: "k1", place: "reward" } as const;
    const { policy: start } = ascend(bandit, { ...how, steps: 30 });
    expect(ascend(bandit, { ...how, steps: 12, start })).toEqual(ascend(bandit, { ...how, steps: 42 }));
    expect(() => ascend(bandit, { ...how, start: start.slice(1) })).toThrow("16 log-probabilities");
  });

  it.each([
    ["k1", "reward"],
    ["k2", "loss"],
  ] as const)("ends at π* with %s in the %s", (estimate, place) => {
    expect(end(estimate, place).fixedPoint).toBe("reverse");
    expect(end(estimate, place).toReverseOptimum).toBeLessThan(1e-6);
  });

  it("ends at the optimum of the other divergence with k3 in the loss, and that is another policy", () => {
    expect(end("k3", "loss").fixedPoint).toBe("forward");
    expect(end("k3", "loss").toForwardOptimum).toBeLessThan(1e-6);
    expect(end("k3", "loss").toReverseOptimum).toBeGreaterThan(0.05);
  });

  it("ends at the best token with k1 in the loss, as if there were no KL", () => {
    const { fixedPoint, meanReward, policy } = end("k1", "loss");
    expect(fixedPoint).toBe("unregularised");
    expect(meanReward).toBeCloseTo(Math.max(...rewards), 6);
    const without = ascend({ reference, rewards }, { beta: 1e-12, estimate: "k1", place: "reward" });
    expect(divergence(policy, without.policy)).toBeLessThan(1e-9);
  });

  it("ends at neither with k2 or k3 in the reward: tokens of low reward disappear", () => {
    for (const estimate of ["k2", "k3"] as const) {
      const { fixedPoint, policy, toReverseOptimum, toForwardOptimum } = end(estimate, "reward");
      expect(fixedPoint).toBe("unknown");
      expect(Math.min(toReverseOptimum, toForwardOptimum)).toBeGreaterThan(0.05);
      expect(Math.min(...policy)).toBeLessThan(-20);
    }
  });

  it("ends at neither where rewards are divided by their deviation", () => {
    const { fixedPoint, toForwardOptimum, toReverseOptimum } = end("k3", "loss", true);
    expect(fixedPoint).toBe("unknown");
    expect(Math.min(toForwardOptimum, toReverseOptimum)).toBeGreaterThan(0.01);
  });
});
