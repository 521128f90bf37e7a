/** The contract of turn-based games for two players, in which one wins what the other loses. */

import { ConfigError, nearest } from "../errors.js";
import type { Json } from "../json.js";
import type { Generator } from "../random/generator.js";
import type { Scene } from "../scene/scene.js";

/** One of the two players: 0 is the first, 1 the second. */
export type Seat = 0 | 1;

/** Who decides in a state: a player, chance, or nobody because the game is over. */
export type Turn = Seat | "chance" | "end";

/** One of the ways that chance can go. */
export interface Chance {
  /** What `play` is given. */
  readonly move: number;
  readonly probability: number;
}

/** Chooses a legal move. It is given the whole state; whether it looks at more than it may know is its own affair. */
export type GamePlayer<State> = (state: State, rng: Generator) => number;

/**
 * A game as functions of its state. A state is plain data and never changes: `play` returns another one.
 *
 * In a game with hidden information, a player can't tell some states apart. `informationSet` names what the player to
 * move knows, so two states with the same name must have the same player, the same legal moves and the same
 * observation. A player never forgets: the name tells everything that this player has seen and done (perfect recall).
 * `checkGame` holds a game to all of this.
 */
export interface Game<State extends Json = Json> {
  /** The players' moves are the numbers from 0 to `moves − 1`. Chance has moves of its own. */
  readonly moves: number;
  /** What people call each move, such as `["fold", "call", "raise"]`. */
  readonly moveNames?: readonly string[] | undefined;
  /** How many numbers `observe` returns. */
  readonly observationSize: number;
  /**
   * Whether both players always see the whole state. `informationSet` then names the state itself, whatever way led to
   * it, and `gameTree` keeps each state once.
   */
  readonly perfectInformation: boolean;
  start(): State;
  turn(state: State): Turn;
  /** The moves of the player to move, in ascending order; at least one. */
  legalMoves(state: State): readonly number[];
  /** The ways that chance can go, with probabilities that sum to 1. Only games with chance have it. */
  chances?(state: State): readonly Chance[];
  /** The state after a move of a player, or of chance. */
  play(state: State, move: number): State;
  /** What the first player has won at the end. The second one has lost as much. */
  winnings(state: State): number;
  /** What the player to move knows, as a text. */
  informationSet(state: State): string;
  /** The same as numbers from −1 to 1, for a network. */
  observe(state: State): Float32Array;
  /** Players of this game that are written and not learned, by name. Every game has `random` without it. */
  readonly players?: Readonly<Record<string, GamePlayer<State>>> | undefined;
  /** A picture of the state: all of it, or what a player sees. */
  draw?(state: State, viewer?: Seat): Scene;
}

/** The ways that chance can go in a state. @throws TypeError if a game gives chance the turn and has no `chances` */
export function chancesOf<State extends Json>(game: Game<State>, state: State): readonly Chance[] {
  if (game.chances === undefined) throw new TypeError('turn() is "chance", but the game has no chances()');
  return game.chances(state);
}

/** Chooses among all legal moves with equal probability. */
export function randomPlayer<State extends Json>(game: Game<State>): GamePlayer<State> {
  return (state, rng) => {
    const moves = game.legalMoves(state);
    return moves[rng.integers(0, moves.length)];
  };
}

/** A player of a game by name. @throws ConfigError for an unknown one */
export function playerOf<State extends Json>(game: Game<State>, name: string): GamePlayer<State> {
  const players: Readonly<Record<string, GamePlayer<State>>> = { random: randomPlayer(game), ...game.players };
  if (Object.hasOwn(players, name)) return players[name];
  const names = Object.keys(players);
  const allowed = `one of ${names.join(", ")}`;
  throw new ConfigError({ field: "player", given: name, allowed, nearest: nearest(name, names) });
}
