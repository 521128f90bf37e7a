import { describe, expect, it } from "vitest";
import { defineAlgorithm } from "../algorithms/algorithm.js";
import { gameEnv } from "../envs/index.js";
import { exploitability, gameTree, hiddenMoves, kuhn, ticTacToe } from "../games/index.js";
import { mlpPolicy, profileOfPolicy } from "../policies/index.js";
import { resume, train } from "./train.js";
import type { Training } from "./types.js";

const small = { envs: 4, rolloutSteps: 16, minibatchSize: 32, epochs: 2, hidden: [8], entropyBonus: 0.05 } as const;

function updates(run: Training, count: number) {
  return Array.from({ length: count }, () => run.advance());
}

describe("self-play", () => {
  it("logs the exploitability of the policy and of its average", () => {
    const run = train({ algorithm: "ppo", env: "Kuhn-v0", steps: 640, options: small });
    const [first, second] = updates(run, 2);
    const tree = gameTree(kuhn());
    const last = second?.diagnostics.exploitability;
    const average = second?.diagnostics.averageExploitability;
    expect(first?.diagnostics.averageExploitability).toBe(first?.diagnostics.exploitability);
    expect(last).toBeCloseTo(exploitability(tree, profileOfPolicy(tree, run.policy)), 12);
    expect(average).not.toBe(last);
    expect(second?.diagnostics.elo).toBeUndefined();
  });

  it("plays with the policy as it is now: only the present one is asked", () => {
    // In this game the first player's move is the second one's reward, and the other way round.
    const game = hiddenMoves([
      [0, 1],
      [-1, 0],
    ]);
    const run = train({
      algorithm: "ppo",
      env: () => gameEnv(game),
      steps: 4000,
      options: { ...small, entropyBonus: 0, learningRate: 0.02 },
    });
    const returns = [...run].flatMap((update) => update.returns);
    // Whoever plays 0 is safe; two learned players agree on it, so nobody wins in the end.
    expect(returns.slice(0, 60).some((value) => value !== 0)).toBe(true);
    expect(returns.slice(-60).every((value) => value === 0)).toBe(true);
  });

  it("keeps rows of one seat together: a segment has one seat, and is bootstrapped from the same seat", () => {
    const seats: boolean[] = [];
    const watching = defineAlgorithm({
      name: "watching",
      summary: "looks at its batches",
      options: {},
      presets: { default: { summary: "", options: {}, steps: 100, stopWhenSolved: false } },
      collect: () => ({ steps: 30, envs: 4 }),
      create({ observationSpace, actionSpace, rng }) {
        const policy = mlpPolicy({ observationSpace, actionSpace, hidden: [4], activation: "tanh", rng });
        return {
          policy,
          weights: policy.parameters(),
          optimizers: [],
          update({ features, segments, finalFeatures }) {
            const rows = features.toArray();
            const finals = finalFeatures.toArray();
            const width = features.shape[1];
            segments.forEach(({ start, end, terminated }, k) => {
              for (let row = start; row < end; row++) seats.push(rows[row * width] === rows[start * width]);
              if (!terminated) seats.push(finals[k * width] === rows[start * width]);
            });
            return { loss: 0, entropy: 1, gradientNorm: 1, learningRate: 0 };
          },
        };
      },
    });
    train({ algorithm: watching, env: () => gameEnv(ticTacToe()) }).advance();
    expect(seats.length).toBeGreaterThan(120);
    expect(seats.every(Boolean)).toBe(true);
  });

  it.each([
    ["the present policy", { opponents: "self" }],
    ["a pool", { opponents: "pool", poolEvery: 2, poolSize: 3, slips: 0.1 }],
  ])("goes on with the same bits after a stop, against %s", (_, envOptions) => {
    const config = { algorithm: "ppo", env: "Kuhn-v0", envOptions, seed: 5, steps: 1280 } as const;
    const options = { ...small, magnetKl: 0.1, magnetUpdates: 3 };
    const whole = train({ ...config, options });
    const stopped = train({ ...config, options });
    const before = updates(whole, 9);
    updates(stopped, 9);
    stopped.advance(20);
    const again = resume(stopped.checkpoint());
    expect(updates(again, 9)).toEqual(updates(whole, 9));
    expect(again.result()).toEqual(whole.result());
    expect(again.checkpoint()).toEqual(whole.checkpoint());
    expect(before).toHaveLength(9);
  });

  it("rates itself against its past", () => {
    const envOptions = { opponents: "pool", poolEvery: 1, poolSize: 2 };
    const run = train({
      algorithm: "ppo",
      env: "TicTacToe-v0",
      envOptions,
      steps: 4096,
      options: { ...small, envs: 16, learningRate: 0.01 },
    });
    const last = [...run].at(-1);
    expect(last?.diagnostics.elo).toBeGreaterThan(20);
    expect(last?.diagnostics.winRate).toBeGreaterThanOrEqual(0);
    expect(run.result().verdict).toMatchObject({ kind: "played" });
    expect(run.result().verdict.text).toMatch(/games in self-play: its exploitability is .*Elo/);
  });

  it("has no best policy but the last one", () => {
    const run = train({ algorithm: "ppo", env: "Kuhn-v0", steps: 640, options: small });
    for (const _ of run);
    expect(run.bestPolicy()).toBeUndefined();
    expect(run.best()).toBe(run.policy);
  });

  it("says before the run that a fixed opponent is fixed", () => {
    const run = train({ algorithm: "ppo", env: "TicTacToe-v0", envOptions: { opponents: "random" }, options: small });
    expect(run.warning).toContain("The opponent is the player random and never changes");
    expect(train({ algorithm: "ppo", env: "TicTacToe-v0", options: small }).warning).toBeUndefined();
  });

  it("refuses a policy with a memory", () => {
    expect(() =>
      train({ algorithm: "ppo", env: "Kuhn-v0", options: { ...small, policy: "gru", magnetKl: 0 } }),
    ).toThrow(/without memory/);
  });

  it("works with every algorithm", () => {
    for (const algorithm of ["reinforce", "a2c", "vpg", "actor-critic"] as const) {
      const run = train({ algorithm, env: "Kuhn-v0", episodes: 300 });
      expect(run.advance()?.diagnostics.exploitability).toBeGreaterThan(0);
    }
  });
});
