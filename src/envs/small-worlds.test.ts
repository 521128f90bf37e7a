import { describe, expect, it } from "vitest";
import { defaultRng } from "../random/generator.js";
import { against, make, ROCK_PAPER_SCISSORS, rockPaperScissors, type TabularEnv } from "./index.js";

describe("GridWorld", () => {
  it("takes eight steps from bottom left to top right; the last pays 10, the others cost 1", () => {
    const env = make("GridWorld-v0");
    expect(env.reset({ seed: 0 }).observation).toBe(20);
    const walk = [0, 0, 0, 0, 1, 1, 1, 1].map((action) => env.step(action));
    expect(walk.map(({ observation }) => observation)).toEqual([15, 10, 5, 0, 1, 2, 3, 4]);
    expect(walk.map(({ reward }) => reward)).toEqual([-1, -1, -1, -1, -1, -1, -1, 10]);
    expect(walk.map(({ terminated }) => terminated)).toEqual([...new Array(7).fill(false), true]);
  });
  it("has walls that block, pits that end the episode, and edges", () => {
    const env = make("GridWorld-v0", { map: "S#G/.X.", pitReward: -7 });
    env.reset();
    expect(env.step(1)).toMatchObject({ observation: 0, reward: -1, terminated: false });
    expect(env.step(3)).toMatchObject({ observation: 0, reward: -1 });
    expect(env.step(2)).toMatchObject({ observation: 3, reward: -1 });
    expect(env.step(1)).toMatchObject({ observation: 4, reward: -7, terminated: true });
  });
  it("slips to either side with equal probability", () => {
    const { table } = make("GridWorld-v0", { slip: 0.2 });
    expect(table.outcomes(12, 0)).toEqual([
      { probability: 0.8, state: 7, reward: -1, terminated: false },
      { probability: 0.1, state: 11, reward: -1, terminated: false },
      { probability: 0.1, state: 13, reward: -1, terminated: false },
    ]);
    expect(make("GridWorld-v0", { slip: 1 }).table.outcomes(12, 0)).toHaveLength(2);
  });
  it("starts in any free cell if the map has no S", () => {
    const env = make("GridWorld-v0", { map: "..G/#X." });
    expect(env.table.start).toEqual([1 / 3, 1 / 3, 0, 0, 0, 1 / 3]);
    const starts = new Set(Array.from({ length: 50 }, (_, seed) => env.reset({ seed }).observation));
    expect(starts).toEqual(new Set([0, 1, 5]));
  });
  it("refuses an invalid map", () => {
    for (const map of ["S./.", "SY", "", "G#X"])
      expect(() => make("GridWorld-v0", { map })).toThrow("options.map: got");
  });
});

it("a world's table is available through a time limit, and describes its steps", () => {
  for (const id of ["GridWorld-v0", "OneStep-v0", "TwoStep-v0", "FrozenLake-v1", "CliffWalking-v1"] as const) {
    const env: TabularEnv = make(id);
    const rng = defaultRng(0);
    for (let seed = 0; seed < 20; seed++) {
      const { observation } = env.reset({ seed });
      expect(env.table.start[observation]).toBeGreaterThan(0);
      const action = env.actionSpace.sample(rng);
      const { observation: state, reward, terminated, info } = env.step(action);
      const expected = { probability: info.prob, state, reward, terminated };
      expect(env.table.outcomes(observation, action)).toContainEqual(expected);
    }
  }
});

describe("Bandit", () => {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  it("pays each arm's mean on average, once per episode", () => {
    for (const arms of ["gaussian", "bernoulli"] as const) {
      const env = make("Bandit-v0", { arms, means: "0.2/0.9", std: 0.5 });
      env.reset({ seed: 1 });
      const rewards = [0, 1].map((arm) =>
        Array.from({ length: 4000 }, () => {
          env.reset();
          const { reward, terminated } = env.step(arm);
          expect(terminated).toBe(true);
          return reward;
        }),
      );
      expect(mean(rewards[0])).toBeCloseTo(0.2, 1);
      expect(mean(rewards[1])).toBeCloseTo(0.9, 1);
      if (arms === "bernoulli") expect(new Set(rewards.flat())).toEqual(new Set([0, 1]));
      const spread = Math.sqrt(mean(rewards[0].map((reward) => (reward - 0.2) ** 2)));
      expect(spread).toBeCloseTo(arms === "gaussian" ? 0.5 : 0.4, 1);
    }
  });
  it("reports how much more the best arm pays on average", () => {
    const env = make("Bandit-v0", { means: "-1/2/.5" });
    const regrets = [0, 1, 2].map((arm) => {
      env.reset();
      return env.step(arm).info.regret;
    });
    expect(regrets).toEqual([3, 0, 1.5]);
  });
  it("draws its means with `problem` as seed", () => {
    expect(make("Bandit-v0").means).toEqual(make("Bandit-v0", { problem: 0 }).means);
    expect(make("Bandit-v0").means).not.toEqual(make("Bandit-v0", { problem: 1 }).means);
    expect(make("Bandit-v0").means).toEqual([...defaultRng(0).standardNormal(10)]);
    const { means } = make("Bandit-v0", { arms: "bernoulli", k: 100 });
    expect(means).toHaveLength(100);
    expect(means.every((p) => p >= 0 && p <= 1)).toBe(true);
  });
  it("has a table: outcomes of Bernoulli arms, means of Gaussian ones", () => {
    const { table } = make("Bandit-v0", { arms: "bernoulli", means: "0.25/1" });
    expect(table.outcomes(0, 0)).toEqual([
      { probability: 0.25, state: 0, reward: 1, terminated: true },
      { probability: 0.75, state: 0, reward: 0, terminated: true },
    ]);
    expect(table.outcomes(0, 1)).toHaveLength(1);
    expect(make("Bandit-v0", { means: "7" }).table.outcomes(0, 0)).toMatchObject([{ probability: 1, reward: 7 }]);
  });
  it("refuses invalid means", () => {
    expect(() => make("Bandit-v0", { means: "1/x" })).toThrow('options.means: got "1/x", allowed is numbers');
    expect(() => make("Bandit-v0", { means: "1/" })).toThrow("options.means");
    expect(() => make("Bandit-v0", { means: "0.5/1.5", arms: "bernoulli" })).toThrow("allowed is probabilities");
  });
});

describe("rock, paper, scissors", () => {
  it("paper beats rock, scissors beat paper, rock beats scissors; one player wins what the other loses", () => {
    const game = rockPaperScissors();
    for (const a of [0, 1, 2]) {
      for (const b of [0, 1, 2]) {
        game.reset();
        const { rewards, terminated, observations } = game.step([a, b]);
        const won = a === b ? 0 : (a - b + 3) % 3 === 1 ? 1 : -1;
        expect(rewards).toEqual([won, 0 - won]);
        expect(ROCK_PAPER_SCISSORS[a][b]).toBe(won);
        expect(terminated).toBe(true);
        expect(observations).toEqual([1 + 3 * a + b, 1 + 3 * b + a]);
      }
    }
  });
  it("against an opponent who repeats your last move, one round's moves decide the next", () => {
    // The second player observes 1 + 3 · own move + the other's move.
    const copycat = against(rockPaperScissors({ rounds: 4 }), (seen) => (seen === 0 ? 0 : (seen - 1) % 3));
    expect(copycat.reset().observation).toBe(0);
    let total = 0;
    let action = 1;
    for (let round = 0; round < 4; round++) {
      const { reward, terminated } = copycat.step(action);
      total += reward;
      action = (action + 1) % 3;
      expect(terminated).toBe(round === 3);
    }
    expect(total).toBe(4);
  });
  it("against a biased opponent the best response wins the expected amount", () => {
    const env = make("RockPaperScissors-v0", { rounds: 3000, rock: 3, paper: 1, scissors: 0 });
    env.reset({ seed: 5 });
    let total = 0;
    for (let round = 0; round < 3000; round++) total += env.step(1).reward;
    expect(total / 3000).toBeCloseTo(0.75, 1);
  });
  it("an opponent has a separate random stream, which starts from the seed and continues without one", () => {
    const env = make("RockPaperScissors-v0", { rounds: 50 });
    const episode = (seed?: number): string => {
      env.reset(seed === undefined ? {} : { seed });
      return Array.from({ length: 50 }, () => env.step(0).observation).join("");
    };
    const first = episode(3);
    expect(episode()).not.toBe(first);
    expect(episode(3)).toBe(first);
    expect(episode(4)).not.toBe(first);
  });
  it("an opponent's stream differs from the stream of a game with the same seed", () => {
    const drawn: number[] = [];
    const env = against(rockPaperScissors(), (_, rng) => {
      drawn.push(rng.random());
      return 0;
    });
    for (const seed of [0, 7, 2n ** 100n]) {
      env.reset({ seed });
      env.step(0);
      expect(drawn.at(-1)).not.toBe(defaultRng(seed).random());
    }
    expect(new Set(drawn).size).toBe(3);
  });
  it("refuses an invalid move of either player, and an opponent without moves", () => {
    const game = rockPaperScissors();
    expect(() => game.step([0, 0])).toThrow("reset() first");
    game.reset();
    expect(() => game.step([3, 0])).toThrow("action: got 3");
    expect(() => game.step([0, -1])).toThrow("the opponent's action: got -1");
    expect(() => against(game, () => 0).step(0)).toThrow("reset() first");
    expect(() => rockPaperScissors({ rounds: 0 })).toThrow("rounds: got 0");
    expect(() => make("RockPaperScissors-v0", { rock: 0, paper: 0, scissors: 0 })).toThrow("options.rock: got 0");
  });
});
