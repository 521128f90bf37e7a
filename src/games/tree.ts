/** A whole game as arrays: every state, what leads where, and what belongs to one information set. */

import { ConfigError } from "../errors.js";
import type { Json } from "../json.js";
import { chancesOf, type Game, type Seat } from "./game.js";
import { legalMask, seatObservation } from "./seat-view.js";

/** What a player may know when it has to move. */
export interface InformationSet {
  /** Its name in the game. */
  readonly name: string;
  readonly seat: Seat;
  readonly moves: readonly number[];
  /** The place of its first move in a `Profile`; the others follow. */
  readonly offset: number;
  /** What the seat is shown, as `seatObservation` gives it. */
  readonly observation: Float32Array;
  /** 1 for each legal move of the game and 0 for the others. */
  readonly mask: Uint8Array;
}

/** Chance's turn in `GameTree.turn`, beside the seats 0 and 1. */
export const CHANCE = 2;
/** The end of a game in `GameTree.turn`. */
export const END = 3;

/**
 * A game of `nodes` states. Each is numbered after all that can follow it, so that values are found by going up through
 * the numbers and probabilities by going down, from `root`, the last one. The edges of node h are `first[h]` to
 * `first[h + 1] − 1`; at a player's node they are in the order of the legal moves.
 */
export interface GameTree {
  readonly nodes: number;
  readonly root: number;
  /** A seat, `CHANCE` or `END`. */
  readonly turn: Int8Array;
  /** The number of the information set, or −1. */
  readonly set: Int32Array;
  readonly first: Int32Array;
  /** Where each edge leads. */
  readonly child: Int32Array;
  /** The probability of each edge of chance; 1 for the players'. */
  readonly chance: Float64Array;
  /** What the first player has won at each end; 0 elsewhere. */
  readonly winnings: Float64Array;
  readonly sets: readonly InformationSet[];
  /** The nodes of each information set. */
  readonly members: readonly Int32Array[];
  /** The length of a `Profile`: the moves of all information sets. */
  readonly entries: number;
  /** Whether a node may have been reached in several ways, because both players always see everything. */
  readonly merged: boolean;
}

/** What `gameTree` takes for too many states: about as many as fit into a few hundred megabytes. */
const MOST_NODES = 2_000_000;

/**
 * The tree of a game. If both players always see everything, a state that can be reached in several ways is one node.
 *
 * @throws ConfigError if the game has more than `most` states, as Connect Four does
 */
export function gameTree<State extends Json>(
  game: Game<State>,
  { most = MOST_NODES }: { readonly most?: number } = {},
): GameTree {
  const turn: number[] = [];
  const set: number[] = [];
  const first: number[] = [0];
  const child: number[] = [];
  const chance: number[] = [];
  const winnings: number[] = [];
  const sets: InformationSet[] = [];
  const members: number[][] = [];
  const numbers = new Map<string, number>();
  const known = new Map<string, number>();
  let entries = 0;

  const setOf = (state: State, seat: Seat): number => {
    const name = game.informationSet(state);
    const key = `${seat} ${name}`;
    let number = numbers.get(key);
    if (number !== undefined) return number;
    const moves = game.legalMoves(state);
    number = sets.length;
    numbers.set(key, number);
    const observation = seatObservation(game, state, seat);
    sets.push({ name, seat, moves, offset: entries, observation, mask: legalMask(game, state) });
    members.push([]);
    entries += moves.length;
    return number;
  };

  /** Adds a state and all that can follow it. */
  const add = (state: State): number => {
    const mover = game.turn(state);
    const key = game.perfectInformation && mover !== "chance" ? `${mover} ${game.informationSet(state)}` : undefined;
    const seen = key === undefined ? undefined : known.get(key);
    if (seen !== undefined) return seen;
    const own = mover === 0 || mover === 1 ? setOf(state, mover) : -1;
    const ways = mover === "chance" ? chancesOf(game, state) : [];
    const moves = own >= 0 ? game.legalMoves(state) : ways.map(({ move }) => move);
    const children = mover === "end" ? [] : moves.map((move) => add(game.play(state, move)));
    const number = turn.length;
    if (number >= most) throw tooLarge(most);
    turn.push(mover === "chance" ? CHANCE : mover === "end" ? END : mover);
    set.push(own);
    child.push(...children);
    chance.push(...children.map((_, k) => (mover === "chance" ? ways[k].probability : 1)));
    first.push(child.length);
    winnings.push(mover === "end" ? game.winnings(state) : 0);
    if (own >= 0) members[own].push(number);
    if (key !== undefined) known.set(key, number);
    return number;
  };
  const root = add(game.start());
  return {
    nodes: turn.length,
    root,
    turn: Int8Array.from(turn),
    set: Int32Array.from(set),
    first: Int32Array.from(first),
    child: Int32Array.from(child),
    chance: Float64Array.from(chance),
    winnings: Float64Array.from(winnings),
    sets,
    members: members.map((nodes) => Int32Array.from(nodes)),
    entries,
    merged: game.perfectInformation,
  };
}

function tooLarge(most: number): ConfigError {
  return new ConfigError({ field: "game", given: `more than ${most} states`, allowed: "a game that fits into memory" });
}
