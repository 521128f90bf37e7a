/** A game between two players, state by state. */

import type { Json } from "../json.js";
import type { Generator } from "../random/generator.js";
import { type Chance, chancesOf, type Game, type Seat } from "./game.js";

/** One of the ways that chance can go, drawn by its probability. */
export function drawChance(ways: readonly Chance[], rng: Generator): Chance {
  const u = rng.random();
  let below = 0;
  for (const way of ways) {
    below += way.probability;
    if (u < below) return way;
  }
  // Rounding may leave the sum a little below 1.
  return ways[ways.length - 1];
}

/** A player that may take its time, such as a person. It returns undefined to leave the game. */
export type SlowPlayer<State> = (state: State, seat: Seat) => number | undefined | Promise<number | undefined>;

/** Plays a game to its end, and returns the last state; undefined if a player left. */
export async function match<State extends Json>(
  game: Game<State>,
  players: readonly [first: SlowPlayer<State>, second: SlowPlayer<State>],
  rng: Generator,
): Promise<State | undefined> {
  let state = game.start();
  for (;;) {
    const turn = game.turn(state);
    if (turn === "end") return state;
    if (turn === "chance") state = game.play(state, drawChance(chancesOf(game, state), rng).move);
    else {
      const move = await players[turn](state, turn);
      if (move === undefined) return undefined;
      state = game.play(state, move);
    }
  }
}
