import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ROCK_PAPER_SCISSORS } from "../envs/index.js";
import { bestResponse, exploitability, type Payoff, selfPlay } from "./index.js";
import type { SelfPlayOptions, SelfPlayStep } from "./self-play.js";

const third = [1 / 3, 1 / 3, 1 / 3];

describe("exploitability", () => {
  it("of a pure move is what its best response wins; of the equilibrium it is 0", () => {
    expect(bestResponse(ROCK_PAPER_SCISSORS, [1, 0, 0])).toEqual({ move: 1, value: 1 });
    expect(exploitability(ROCK_PAPER_SCISSORS, [1, 0, 0])).toBe(1);
    expect(exploitability(ROCK_PAPER_SCISSORS, [0.5, 0.25, 0.25])).toBe(0.25);
    expect(exploitability(ROCK_PAPER_SCISSORS, [0.5, 0.5, 0])).toBe(0.5);
    expect(exploitability(ROCK_PAPER_SCISSORS, third)).toBe(0);
  });
  it("of two strategies is the mean of what best responses gain, in an asymmetric game too", () => {
    // The row player mixes 2:3, the column player 1:4, and the value of the game is 3/5 for the row player.
    const payoff: Payoff = [
      [3, 0],
      [-1, 1],
    ];
    expect(exploitability(payoff, [0.4, 0.6], [0.2, 0.8])).toBeCloseTo(0, 15);
    expect(exploitability(payoff, [1, 0], [1, 0])).toBe(1.5);
    expect(bestResponse(payoff, [0.2, 0.8]).value).toBeCloseTo(0.6, 15);
  });
  it("is never below 0", () => {
    const row = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 2 }), fc.nat(100), fc.nat(100), (payoff, a, b) => {
        const column = [a / 200, b / 200, 1 - a / 200 - b / 200];
        expect(exploitability(payoff, [a / 100, 1 - a / 100], column)).toBeGreaterThanOrEqual(-1e-12);
      }),
      { seed: 1 },
    );
  });
});

function playFor(steps: number, options: SelfPlayOptions): SelfPlayStep {
  for (const here of selfPlay(ROCK_PAPER_SCISSORS, options)) if (here.step === steps) return here;
  throw new Error("selfPlay ended");
}

describe("self-play by exact policy gradients", () => {
  const start = {
    logits: [
      [0.5, 0, 0],
      [0, 0, 0],
    ],
    learningRate: 0.1,
  } as const;
  it("begins at the start, and the first step follows the gradient of both players", () => {
    const [first, second] = selfPlay(ROCK_PAPER_SCISSORS, {
      logits: [
        [Math.log(2), 0, 0],
        [0, 0, 0],
      ],
      learningRate: 1,
    });
    expect([...first.strategies[0]].map((p) => p.toFixed(12))).toEqual([
      "0.500000000000",
      "0.250000000000",
      "0.250000000000",
    ]);
    // Against x = (1/2, 1/4, 1/4) paper wins 1/4 and scissors lose 1/4, so the second player's logits move by ±1/12.
    const ratio = (a: number, b: number): number => Math.log(second.strategies[1][a] / second.strategies[1][b]);
    expect(ratio(1, 0)).toBeCloseTo(1 / 12, 14);
    expect(ratio(2, 0)).toBeCloseTo(-1 / 12, 14);
    // Against the uniform second player, no move gains anything, so the first player stays.
    expect(second.strategies[0]).toEqual(first.strategies[0]);
  });
  it("circles the equilibrium and drifts outwards, while the average over time approaches it", () => {
    const early = playFor(0, start);
    const late = playFor(20_000, start);
    expect(early.exploitability).toBeCloseTo(0.0889, 4);
    expect(late.exploitability).toBeGreaterThan(0.5);
    expect(late.averageExploitability).toBeLessThan(0.01);
    for (const average of late.averages)
      expect(Math.max(...average.map((p) => Math.abs(p - 1 / 3)))).toBeLessThan(0.01);
  });
  it("converges with an entropy bonus", () => {
    const { strategies, exploitability: given } = playFor(20_000, { ...start, entropyBonus: 0.05 });
    expect(given).toBeLessThan(1e-12);
    for (const strategy of strategies)
      expect(Math.max(...strategy.map((p) => Math.abs(p - 1 / 3)))).toBeLessThan(1e-12);
  });
  it("stays at the equilibrium, and stays finite for extreme probabilities", () => {
    const still = playFor(100, {
      logits: [
        [0, 0, 0],
        [0, 0, 0],
      ],
      learningRate: 1,
      entropyBonus: 0.1,
    });
    expect([...still.strategies[0]]).toEqual(third);
    const edge = playFor(50, {
      logits: [
        [2000, 0, -2000],
        [0, 900, 0],
      ],
      learningRate: 1,
      entropyBonus: 0.1,
    });
    expect([...edge.strategies[0], ...edge.averages[1], edge.exploitability].every(Number.isFinite)).toBe(true);
  });
  it("refuses invalid strategies and rates", () => {
    expect(() => exploitability(ROCK_PAPER_SCISSORS, [1, 1, 1])).toThrow(
      "row: got [1,1,1], allowed is 3 probabilities",
    );
    expect(() => bestResponse(ROCK_PAPER_SCISSORS, [1, 0])).toThrow("column");
    expect(() => playFor(0, { ...start, learningRate: NaN })).toThrow("learningRate: got NaN");
    expect(() => playFor(0, { ...start, entropyBonus: -1 })).toThrow("entropyBonus: got -1");
    expect(() => playFor(0, { ...start, logits: [[0], [0, 0, 0]] })).toThrow("logits, row");
  });
});
