/**
 * Rock, paper, scissors: two players move at the same time. Paper beats rock, scissors beat paper, rock beats scissors.
 * A win pays 1, a loss −1, a draw 0.
 *
 * Actions are 0 rock, 1 paper, 2 scissors. The observation is the round before: 0 before the first, then 1 + 3 · own
 * move + the other's move. Any predictable move can be beaten, so no single move is best. The equilibrium is to choose
 * each with probability 1/3, and no policy gains anything against it.
 */
import { ConfigError } from "../errors.js";
import { int, real, type Schema, type Values } from "../options.js";
import { discrete } from "../spaces/discrete.js";
import type { Env } from "./env.js";
import { defineEnv } from "./env-spec.js";
import { noResetOptions } from "./no-reset-options.js";
import { ResetNeeded } from "./reset-needed.js";
import { drawHands } from "./rock-paper-scissors-scene.js";
import { readSnapshot } from "./snapshot.js";
import { against, type Pair, type TwoPlayerGame } from "./two-player.js";

/** The winnings of the row player against the column player. */
export const ROCK_PAPER_SCISSORS: readonly (readonly number[])[] = [
  [0, -1, 1],
  [1, 0, -1],
  [-1, 1, 0],
];

/**
 * The two-player game, in episodes of the given number of rounds. The game itself has no randomness; only players may.
 *
 * @throws ConfigError if `rounds` is not a whole number of at least 1
 */
export function rockPaperScissors({ rounds = 1 }: { rounds?: number } = {}): TwoPlayerGame {
  if (!Number.isSafeInteger(rounds) || rounds < 1)
    throw new ConfigError({ field: "rounds", given: rounds, allowed: "a whole number of at least 1" });
  const actionSpace = discrete(3);
  let played = 0;
  let running = false;
  let moves: Pair<number> | undefined;
  let score = 0;

  const observations = (): Pair<number> => {
    if (moves === undefined) return [0, 0];
    const [a, b] = moves;
    return [1 + 3 * a + b, 1 + 3 * b + a];
  };
  return {
    observationSpace: discrete(10),
    actionSpace,
    reset({ options } = {}) {
      noResetOptions(options);
      played = 0;
      score = 0;
      moves = undefined;
      running = true;
      return { observations: observations(), info: {} };
    },
    step([a, b]) {
      if (!running) throw new ResetNeeded();
      for (const [field, given] of Object.entries({ action: a, "the opponent's action": b })) {
        if (!actionSpace.contains(given)) throw new ConfigError({ field, given, allowed: `a value of ${actionSpace}` });
      }
      const won = ROCK_PAPER_SCISSORS[a][b];
      moves = [a, b];
      score += won;
      played++;
      running = played < rounds;
      return {
        observations: observations(),
        rewards: [won, 0 - won],
        terminated: !running,
        truncated: false,
        info: { moves },
      };
    },
    render: () => drawHands(moves, score),
    snapshot: () => ({ played, running, score, moves: moves === undefined ? [] : [...moves] }),
    restore(snapshot) {
      const read = readSnapshot(snapshot);
      const saved = { played: read.integer("played", 0, rounds), score: read.integer("score", -rounds, rounds) };
      const [a, b] = read.integers("moves", 0, 2);
      running = read.flag("running");
      ({ played, score } = saved);
      moves = b === undefined ? undefined : [a, b];
    },
  };
}

const options = {
  rounds: int(1, { min: 1, help: "rounds in an episode" }),
  rock: real(2, { min: 0, help: "how often the opponent plays rock, in proportion to the others" }),
  paper: real(1, { min: 0, help: "how often the opponent plays paper" }),
  scissors: real(1, { min: 0, help: "how often the opponent plays scissors" }),
} satisfies Schema;

function create({ rounds, rock, paper, scissors }: Values<typeof options>): Env<number, number> {
  const total = rock + paper + scissors;
  if (!(total > 0 && total < Infinity))
    throw new ConfigError({ field: "options.rock", given: rock, allowed: "above 0 if paper and scissors are 0" });
  const p = [rock / total, paper / total, scissors / total];
  return against(rockPaperScissors({ rounds }), (_, rng) => rng.choice(3, { p }));
}

/** The spec of RockPaperScissors-v0, for `register` of `ascent/lean`. */
export const rockPaperScissorsSpec = defineEnv({
  id: "RockPaperScissors-v0",
  summary: "rock, paper, scissors against an opponent with a bias",
  options,
  create,
});
