import { describe, expect, it } from "vitest";
import { hiddenMoves } from "../games/hidden-moves.js";
import { ticTacToe } from "../games/in-a-row.js";
import { kuhn } from "../games/kuhn.js";
import { defaultRng } from "../random/generator.js";
import { checkEnv } from "./check-env.js";
import { gameEnv } from "./game-env.js";
import { make } from "./registry.js";
import type { Opponents } from "./self-play.js";

/** Plays an episode with random legal moves; `each` sees every observation before the move. */
function episode(env: ReturnType<typeof gameEnv>, seed?: number, each?: (observation: Float32Array) => void): number {
  const rng = defaultRng(seed ?? 9);
  let { observation } = env.reset(seed === undefined ? {} : { seed });
  for (;;) {
    each?.(observation);
    const result = env.step(env.actionSpace.sample(rng, env.actionMask?.()));
    if (result.terminated) return result.reward;
    observation = result.observation;
  }
}

describe("a game as an environment", () => {
  it("shows one seat throughout an episode, and the other seat in the next one", () => {
    const env = gameEnv(ticTacToe());
    const seats: number[][] = [];
    for (let i = 0; i < 6; i++) {
      const seen: number[] = [];
      episode(env, i === 0 ? 3 : undefined, (observation) => seen.push(observation[0] === 1 ? 0 : 1));
      seats.push([...new Set(seen)]);
    }
    expect(seats.every((own) => own.length === 1)).toBe(true);
    const [first] = seats[0];
    expect(seats.map(([seat]) => seat)).toEqual([0, 1, 0, 1, 0, 1].map((k) => (k === 0 ? first : 1 - first)));
  });

  it("begins with either seat, depending on the seed", () => {
    const env = gameEnv(kuhn());
    const seats = Array.from({ length: 20 }, (_, seed) => env.reset({ seed }).observation[0]);
    expect(new Set(seats)).toEqual(new Set([0, 1]));
  });

  it("pays each seat its own winnings", () => {
    // The first player always wins 1, whatever the moves.
    const env = gameEnv(hiddenMoves([[1], [1]]));
    for (let seed = 0; seed < 10; seed++) {
      const { observation } = env.reset({ seed });
      expect(env.step(0)).toMatchObject({ reward: observation[0] === 1 ? 1 : -1, terminated: true });
    }
  });

  it("lets an opponent see its own observation and its own legal moves only", () => {
    const env = gameEnv(ticTacToe());
    const seen: { seat: number; own: number; theirs: number; allowed: number }[] = [];
    const opponents: Opponents = {
      choose: () => 4,
      move(opponent, observation, mask) {
        const [first, , ...cells] = observation as Float32Array;
        const count = (part: readonly number[]): number => part.reduce((sum, value) => sum + value, 0);
        expect(opponent).toBe(4);
        const allowed = count(Array.from(mask ?? [], Number));
        const counts = { own: count(cells.slice(0, 9)), theirs: count(cells.slice(9)), allowed };
        seen.push({ seat: first === 1 ? 0 : 1, ...counts });
        return Array.from(mask ?? []).lastIndexOf(1);
      },
      ended: () => {},
    };
    env.selfPlay?.invite(opponents);
    let { observation } = env.reset({ seed: 1 });
    if (observation[0] === 1) ({ observation } = env.reset());
    expect(seen).toEqual([{ seat: 0, own: 0, theirs: 0, allowed: 9 }]);
    env.step(0);
    expect(seen[1]).toEqual({ seat: 0, own: 1, theirs: 1, allowed: 7 });
  });

  it("tells how an episode ended", () => {
    const points: number[] = [];
    const env = gameEnv(ticTacToe());
    env.selfPlay?.invite({
      choose: () => 0,
      move: (_, __, mask) => Array.from(mask ?? []).indexOf(1),
      ended: (_, share) => void points.push(share),
    });
    const rewards = Array.from({ length: 30 }, (_, seed) => episode(env, seed));
    expect(points).toEqual(rewards.map((reward) => (reward + 1) / 2));
    expect(new Set(points).size).toBeGreaterThan(1);
  });

  it("has fixed opponents, of which it warns, and refuses unknown ones", () => {
    const env = gameEnv(ticTacToe(), { opponents: "one-ply" });
    expect(env.selfPlay).toBeUndefined();
    expect(env.warning).toContain("one-ply and never changes");
    expect(() => gameEnv(ticTacToe(), { opponents: "one-pyl" })).toThrow(/Did you mean one-ply/);
    expect(() => gameEnv(ticTacToe(), { slips: 2 })).toThrow(/slips: got 2/);
    expect(() => make("Kuhn-v0", { opponents: "best" })).toThrow(/opponents: got best|options.opponents/);
  });

  it("is a sound environment against a function too", () => {
    const first = (state: { cells: string }): number => state.cells.indexOf(".");
    expect(checkEnv(() => gameEnv(ticTacToe(), { opponents: first, slips: 0.5 }))).toEqual([]);
  });

  it("refuses illegal moves of either side", () => {
    const env = gameEnv(ticTacToe(), { opponents: () => 0 });
    env.reset({ seed: 0 });
    if (env.actionMask?.()[0] === 0) expect(() => env.step(0)).toThrow("action: got 0");
    else expect(() => env.step(0)).toThrow("the opponent's move: got 0");
  });

  it("begins with random moves of both sides, at most so many", () => {
    const env = gameEnv(ticTacToe(), { openings: 4 });
    const stones = Array.from({ length: 200 }, () =>
      env
        .reset()
        .observation.slice(2)
        .reduce((a, b) => a + b, 0),
    );
    // After up to four random moves, the other seat may have to move first.
    expect([...new Set(stones)].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(() => gameEnv(kuhn(), { openings: 1 })).toThrow(/openings: got 1, allowed is .* 0 where/);
  });

  it("refuses a game in which a seat never moves", () => {
    const game = { ...ticTacToe(), turn: ({ moves }: { moves: number }) => (moves < 2 ? 0 : "end") as 0 | "end" };
    const env = gameEnv(game);
    expect(() => [env.reset(), env.reset()]).toThrow(/before seat 1 could move/);
  });

  it("refuses states that are none", () => {
    const env = gameEnv(kuhn());
    env.reset({ seed: 0 });
    const saved = env.snapshot?.() as { state: unknown };
    for (const state of [null, 3, "x", { cards: [0] }])
      expect(() => env.restore?.({ ...saved, state } as never)).toThrow("snapshot.state");
  });
});
