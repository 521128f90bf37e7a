/** What a seat is shown of a game: as numbers, for networks. */

import type { Json } from "../json.js";
import type { Game, Seat } from "./game.js";

/** What a seat sees: which one it is, and the game's observation. Zeros in place of the latter when the game is over. */
export function seatObservation<State extends Json>(game: Game<State>, state: State, seat: Seat): Float32Array {
  const seen = new Float32Array(2 + game.observationSize);
  seen[seat] = 1;
  if (game.turn(state) === seat) seen.set(game.observe(state), 2);
  return seen;
}

/** 1 for each legal move and 0 for the others; all ones where nobody moves. */
export function legalMask<State extends Json>(game: Game<State>, state: State): Uint8Array {
  const turn = game.turn(state);
  if (turn !== 0 && turn !== 1) return new Uint8Array(game.moves).fill(1);
  const mask = new Uint8Array(game.moves);
  for (const move of game.legalMoves(state)) mask[move] = 1;
  return mask;
}
