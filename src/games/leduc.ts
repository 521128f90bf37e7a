/**
 * Leduc poker (Southey et al. 2005), with the rules of OpenSpiel's `leduc_poker`: six cards, two each of J < Q < K. Both
 * pay an ante of 1 and get a card. After a round of betting, one card is laid open, and a second round follows. The
 * first player begins both. A raise is 2 in the first round and 4 in the second, and there are at most two in a round.
 * At the end a pair with the open card wins, then the higher card; equal cards share.
 *
 * The first player loses 0.085606424 a game in equilibrium.
 */

import { flag, type Values } from "../options.js";
import { drawCards } from "./cards-scene.js";
import type { Chance, Game, Turn } from "./game.js";

const RANKS = ["J", "Q", "K"];
const FOLD = 0;
const CALL = 1;
const RAISE = 2;
const NAMES = ["fold", "call", "raise"];
const RAISES = [2, 4];
/** The most moves of a round before its last decision: call, raise, raise. */
const SEEN_MOVES = 3;

/** The options of `leduc` and of Leduc-v0. */
export const leducOptions = {
  suits: flag(false, {
    help: "tell the two cards of a rank apart; the game stays the same, with more information sets",
  }),
};

type State = {
  /** Ranks, or cards 2 · rank + suit; the first player's first. */
  readonly hands: readonly number[];
  /** The open card, or none. */
  readonly board: readonly number[];
  /** The moves of both rounds. */
  readonly rounds: readonly (readonly number[])[];
};

/** Leduc poker. Move 0 folds, move 1 calls or checks, move 2 raises. */
export function leduc({ suits = false }: Partial<Values<typeof leducOptions>> = {}): Game<State> {
  const cards = suits ? 6 : 3;
  const copies = suits ? 1 : 2;
  const rankOf = (card: number): number => (suits ? card >> 1 : card);
  const nameOf = (card: number): string => RANKS[rankOf(card)] + (suits ? "♠♥"[card & 1] : "");

  const turn = ({ hands, board, rounds }: State): Turn => {
    if (hands.length < 2) return "chance";
    const round = rounds[rounds.length - 1];
    if (round[round.length - 1] === FOLD) return "end";
    if (!isOver(round)) return round.length % 2 === 0 ? 0 : 1;
    return board.length === 0 ? "chance" : "end";
  };
  return {
    moves: 3,
    moveNames: NAMES,
    // The own card, the open card, and for each move of each round: called, raised.
    observationSize: 2 * cards + 2 * SEEN_MOVES * 2,
    perfectInformation: false,
    start: () => ({ hands: [], board: [], rounds: [[]] }),
    turn,
    legalMoves({ rounds }) {
      const round = rounds[rounds.length - 1];
      const raises = round.filter((move) => move === RAISE).length;
      const moves = raises > 0 ? [FOLD, CALL] : [CALL];
      return raises < 2 ? [...moves, RAISE] : moves;
    },
    chances({ hands }) {
      const left = Array.from({ length: cards }, (_, card) => copies - hands.filter((dealt) => dealt === card).length);
      const total = left.reduce((sum, count) => sum + count, 0);
      return left.flatMap((count, move): Chance[] => (count === 0 ? [] : [{ move, probability: count / total }]));
    },
    play(state, move) {
      const { hands, board, rounds } = state;
      if (hands.length < 2) return { ...state, hands: [...hands, move] };
      if (turn(state) === "chance") return { hands, board: [move], rounds: [...rounds, []] };
      return { hands, board, rounds: rounds.map((round, k) => (k === rounds.length - 1 ? [...round, move] : round)) };
    },
    winnings({ hands, board, rounds }) {
      const stakes = stakesOf(rounds);
      const last = rounds[rounds.length - 1];
      if (last[last.length - 1] === FOLD) return last.length % 2 === 1 ? 0 - stakes[0] : stakes[1];
      const strength = hands.map((card) => rankOf(card) + (rankOf(card) === rankOf(board[0]) ? 3 : 0));
      return strength[0] === strength[1] ? 0 : strength[0] > strength[1] ? stakes[1] : 0 - stakes[0];
    },
    informationSet({ hands, board, rounds }) {
      const seat = rounds[rounds.length - 1].length % 2;
      const letters = rounds.map((round) => round.map((move) => "fcr"[move]).join(""));
      return [nameOf(hands[seat]), letters[0], ...board.map(nameOf), ...letters.slice(1)].join(" ").trimEnd();
    },
    observe({ hands, board, rounds }) {
      const seen = new Float32Array(2 * cards + 2 * SEEN_MOVES * 2);
      seen[hands[rounds[rounds.length - 1].length % 2]] = 1;
      for (const card of board) seen[cards + card] = 1;
      rounds.forEach((round, k) => {
        round.forEach((move, at) => {
          // The last move of a round that is over says nothing that the open card does not say.
          if (at < SEEN_MOVES) seen[2 * cards + 2 * (SEEN_MOVES * k + at) + move - CALL] = 1;
        });
      });
      return seen;
    },
    draw(state, viewer) {
      const { hands, board, rounds } = state;
      const last = rounds[rounds.length - 1];
      const shown = turn(state) === "end" && last[last.length - 1] !== FOLD;
      return drawCards({
        hands: hands.map((card, seat) => (shown || viewer === undefined || viewer === seat ? nameOf(card) : "?")),
        board: board.map(nameOf)[0],
        moves: last.map((move) => NAMES[move]),
        stakes: stakesOf(rounds),
      });
    },
  };
}

/** Whether both players have agreed on the stakes of a round. */
function isOver(round: readonly number[]): boolean {
  return round.length >= 2 && round[round.length - 1] === CALL;
}

/** What both players have put in. */
function stakesOf(rounds: readonly (readonly number[])[]): [first: number, second: number] {
  const stakes: [number, number] = [1, 1];
  rounds.forEach((round, k) => {
    round.forEach((move, at) => {
      const most = Math.max(stakes[0], stakes[1]);
      if (move === CALL) stakes[at % 2] = most;
      if (move === RAISE) stakes[at % 2] = most + RAISES[k];
    });
  });
  return stakes;
}
