/**
 * Kuhn poker (Kuhn 1950): three cards J < Q < K, one for each player and one that nobody sees. Both pay an ante of 1.
 * The first player passes or bets 1. After a bet, the other passes, which gives the ante up, or calls it with a bet;
 * after a pass, the second may bet in turn. The higher card wins.
 *
 * In equilibrium the first player loses 1/18 a game. With α between 0 and 1/3, the first player bets J with probability
 * α, Q never, K with 3α, and calls a bet with Q with α + 1/3; the second bets J and calls with Q with 1/3 each, and does
 * both with K always.
 */

import { drawCards } from "./cards-scene.js";
import type { Chance, Game, Turn } from "./game.js";

const NAMES = ["J", "Q", "K"];
const PASS = 0;
const BET = 1;

type State = {
  /** 0 is J, 1 Q, 2 K; the first player's first. */
  readonly cards: readonly number[];
  /** Both players' moves, in turn. */
  readonly moves: readonly number[];
};

/** Kuhn poker. Move 0 passes, move 1 bets. */
export function kuhn(): Game<State> {
  const turn = ({ cards, moves }: State): Turn => {
    if (cards.length < 2) return "chance";
    if (moves.length < 2) return moves.length === 0 ? 0 : 1;
    return moves.length === 2 && moves[0] === PASS && moves[1] === BET ? 0 : "end";
  };
  return {
    moves: 2,
    moveNames: ["pass", "bet"],
    // The own card, and for each of the two moves before the last decision: passed, bet.
    observationSize: 3 + 2 * 2,
    perfectInformation: false,
    start: () => ({ cards: [], moves: [] }),
    turn,
    legalMoves: () => [PASS, BET],
    chances({ cards }) {
      const left = [0, 1, 2].filter((card) => !cards.includes(card));
      return left.map((move): Chance => ({ move, probability: 1 / left.length }));
    },
    play({ cards, moves }, move) {
      return cards.length < 2 ? { cards: [...cards, move], moves } : { cards, moves: [...moves, move] };
    },
    winnings({ cards, moves }) {
      const sign = cards[0] > cards[1] ? 1 : -1;
      const bets = moves.filter((move) => move === BET).length;
      // One bet that was not called: who passed last loses the ante.
      if (bets === 1) return moves[0] === BET ? 1 : -1;
      return bets === 2 ? 2 * sign : sign;
    },
    informationSet({ cards, moves }) {
      return NAMES[cards[moves.length % 2]] + moves.map((move) => (move === BET ? "b" : "p")).join("");
    },
    observe({ cards, moves }) {
      const seen = new Float32Array(7);
      seen[cards[moves.length % 2]] = 1;
      moves.forEach((move, k) => {
        seen[3 + 2 * k + move] = 1;
      });
      return seen;
    },
    draw({ cards, moves }, viewer) {
      const over = turn({ cards, moves }) === "end";
      const names = cards.map((card, seat) => (over || viewer === undefined || viewer === seat ? NAMES[card] : "?"));
      return drawCards({ hands: names, moves: moves.map((move) => (move === BET ? "bet" : "pass")) });
    },
  };
}
