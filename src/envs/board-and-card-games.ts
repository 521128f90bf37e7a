/** Ascent's own games, ready to register. */

import { hiddenMoves, matchingPennies as pennies } from "../games/hidden-moves.js";
import { connectFour as fourInARow, ticTacToe as threeInARow } from "../games/in-a-row.js";
import { kuhn } from "../games/kuhn.js";
import { leduc, leducOptions } from "../games/leduc.js";
import { defineGame } from "./game-spec.js";
import { ROCK_PAPER_SCISSORS } from "./rock-paper-scissors.js";

/** The spec of MatchingPennies-v0, for `register` of `ascent/lean`. */
export const matchingPenniesSpec = defineGame({
  id: "MatchingPennies-v0",
  summary: "matching pennies in self-play: show heads or tails",
  game: pennies,
});

/** The spec of RockPaperScissors-v1, for `register` of `ascent/lean`. */
export const rockPaperScissorsGame = defineGame({
  id: "RockPaperScissors-v1",
  summary: "rock, paper, scissors in self-play",
  game: () => hiddenMoves(ROCK_PAPER_SCISSORS, { moveNames: ["rock", "paper", "scissors"] }),
});

/** The spec of Kuhn-v0, for `register` of `ascent/lean`. */
export const kuhnSpec = defineGame({ id: "Kuhn-v0", summary: "poker with three cards, in self-play", game: kuhn });

/** The spec of Leduc-v0, for `register` of `ascent/lean`. */
export const leducSpec = defineGame({
  id: "Leduc-v0",
  summary: "poker with six cards and two rounds, in self-play",
  options: leducOptions,
  slips: 0.05,
  game: leduc,
});

/** The spec of TicTacToe-v0, for `register` of `ascent/lean`. */
export const ticTacToeSpec = defineGame({
  id: "TicTacToe-v0",
  summary: "three in a row on nine cells, in self-play",
  slips: 0.1,
  openings: 6,
  game: threeInARow,
});

/** The spec of ConnectFour-v0, for `register` of `ascent/lean`. */
export const connectFourSpec = defineGame({
  id: "ConnectFour-v0",
  summary: "four in a row on a board of 7 by 6, in self-play",
  opponents: "pool",
  slips: 0.1,
  openings: 16,
  game: fourInARow,
});
