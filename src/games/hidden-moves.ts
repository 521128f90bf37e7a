/**
 * Games of a single move each, such as matching pennies. The first player moves, and the second one does not see it, so
 * the two might as well move at the same time.
 */

import { ConfigError } from "../errors.js";
import type { Game } from "./game.js";
import { drawHiddenMoves } from "./hidden-moves-scene.js";

type State = readonly number[];

/**
 * The turn-based form of a matrix game: `payoff[i][j]` is what the first player wins with move i against move j. If one
 * player has fewer moves than the other, it may only choose among those.
 *
 * @throws ConfigError unless the payoffs are rows of finite numbers, of one length
 */
export function hiddenMoves(
  payoff: readonly (readonly number[])[],
  { moveNames }: { readonly moveNames?: readonly string[] } = {},
): Game<State> {
  const rows = payoff.length;
  const columns = rows === 0 ? 0 : payoff[0].length;
  if (columns === 0 || !payoff.every((row) => row.length === columns && row.every(Number.isFinite)))
    throw new ConfigError({ field: "payoff", given: payoff, allowed: "rows of finite numbers, all of one length" });
  const moves = Math.max(rows, columns);
  const names = moveNames ?? Array.from({ length: moves }, (_, move) => String(move));
  const first = Array.from({ length: rows }, (_, i) => i);
  const second = Array.from({ length: columns }, (_, j) => j);
  return {
    moves,
    moveNames: names,
    observationSize: 1,
    perfectInformation: false,
    start: () => [],
    turn: ({ length }) => (length === 0 ? 0 : length === 1 ? 1 : "end"),
    legalMoves: ({ length }) => (length === 0 ? first : second),
    play: (state, move) => [...state, move],
    winnings: ([i, j]) => payoff[i][j],
    informationSet: ({ length }) => (length === 0 ? "first" : "second"),
    observe: () => new Float32Array(1),
    draw: (state, viewer) => drawHiddenMoves(state, names, viewer),
  };
}

/** Matching pennies: the first player wins 1 if both show the same side, and loses 1 otherwise. */
export function matchingPennies(): Game<State> {
  const payoff = [
    [1, -1],
    [-1, 1],
  ];
  return hiddenMoves(payoff, { moveNames: ["heads", "tails"] });
}
