/** Noughts and crosses against a random opponent. `actionMask` allows the free squares only. */
import { evaluate, train } from "ascent";
import { type Env, make, register } from "ascent/envs";
import { defaultRng } from "ascent/random";
import { box, discrete } from "ascent/spaces";

const LINES = ["012", "345", "678", "036", "147", "258", "048", "246"].map((line) => [...line].map(Number));

function noughtsAndCrosses(): Env<Float32Array, number> {
  const rng = defaultRng(0);
  const board = new Float32Array(9); // 1: ours, -1: the opponent's, 0: free
  const free = (): number[] => [...board.keys()].filter((square) => board[square] === 0);
  const place = (square: number, side: number): boolean => {
    board[square] = side;
    return LINES.some((line) => line.every((other) => board[other] === side));
  };
  const after = (reward: number, terminated: boolean) => {
    return { observation: board.slice(), reward, terminated, truncated: false, info: {} };
  };
  return {
    observationSpace: box({ low: -1, high: 1, shape: [9] }),
    actionSpace: discrete(9),
    actionMask: () => Array.from(board, (mark) => (mark === 0 ? 1 : 0)),
    reset({ seed } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      board.fill(0);
      return { observation: board.slice(), info: {} };
    },
    step(square) {
      if (board[square] !== 0) throw new RangeError(`square ${square} is taken`);
      if (place(square, 1)) return after(1, true);
      if (free().length === 0) return after(0, true);
      return place(rng.choice(free()), -1) ? after(-1, true) : after(0, free().length === 0);
    },
  };
}

declare module "ascent/envs" {
  interface KnownEnvs {
    "NoughtsAndCrosses-v0": Env<Float32Array, number>;
  }
}
register({ id: "NoughtsAndCrosses-v0", create: noughtsAndCrosses, summary: "three in a row before the opponent" });

const run = train({ algorithm: "ppo", env: "NoughtsAndCrosses-v0", seed: 1, steps: 50_000 });
const score = (when: string): void => {
  const { returns } = evaluate(run.policy, make("NoughtsAndCrosses-v0"), { episodes: 500 });
  const share = (result: number): string =>
    `${((100 * returns.filter((r) => r === result).length) / 500).toFixed(0)} %`;
  console.log(`${when}: won ${share(1)}, drawn ${share(0)}, lost ${share(-1)}`);
};
score("before training");
for (const _ of run);
score("after 50,000 moves");
