/**
 * Games on a board that are won by a number of stones in a row: tic-tac-toe, and Connect Four, where stones fall.
 * A win pays 1, a loss −1, a full board 0. Cells are numbered row by row from the top.
 */

import type { Board } from "./board.js";
import { drawBoard } from "./board-scene.js";
import type { Game, GamePlayer } from "./game.js";

type State = {
  /** One letter a cell: X for the first player, O for the second, a dot for none. */
  readonly cells: string;
  readonly moves: number;
  /** Whether the last stone made a row. */
  readonly won: boolean;
};

const STONES = ["X", "O"];

/** A game of stones in a row on any board. */
export function inARow(board: Board): Game<State> {
  const { rows, columns, falling } = board;
  const size = rows * columns;
  const choices = falling ? columns : size;
  /** The cell where a stone comes to lie. */
  const landing = (cells: string, move: number): number => {
    let cell = move;
    while (falling && cell + columns < size && cells[cell + columns] === ".") cell += columns;
    return cell;
  };
  const legalMoves = ({ cells }: State): readonly number[] => {
    const legal: number[] = [];
    // The top row shows which columns are full, and in a game without falling stones every cell is a move.
    for (let move = 0; move < choices; move++) if (cells[move] === ".") legal.push(move);
    return legal;
  };
  const after = (cells: string, cell: number, stone: string): string =>
    cells.slice(0, cell) + stone + cells.slice(cell + 1);
  /** Wins if it can, else stops the other from winning with the next move if it can, else moves at random. */
  const onePly: GamePlayer<State> = (state, rng) => {
    const legal = legalMoves(state);
    for (const stone of [STONES[state.moves % 2], STONES[(state.moves + 1) % 2]]) {
      for (const move of legal) {
        const cell = landing(state.cells, move);
        if (makesRow(board, after(state.cells, cell, stone), cell)) return move;
      }
    }
    return legal[rng.integers(0, legal.length)];
  };
  return {
    moves: choices,
    moveNames: Array.from({ length: choices }, (_, move) => String(move + 1)),
    observationSize: 2 * size,
    perfectInformation: true,
    start: () => ({ cells: ".".repeat(size), moves: 0, won: false }),
    turn({ moves, won }) {
      if (won || moves === size) return "end";
      return moves % 2 === 0 ? 0 : 1;
    },
    legalMoves,
    play({ cells, moves }, move) {
      const cell = landing(cells, move);
      const next = after(cells, cell, STONES[moves % 2]);
      return { cells: next, moves: moves + 1, won: makesRow(board, next, cell) };
    },
    winnings: ({ moves, won }) => (won ? (moves % 2 === 1 ? 1 : -1) : 0),
    informationSet: ({ cells }) => cells,
    observe({ cells, moves }) {
      const seen = new Float32Array(2 * size);
      const own = STONES[moves % 2];
      for (let cell = 0; cell < size; cell++) {
        if (cells[cell] !== ".") seen[cells[cell] === own ? cell : size + cell] = 1;
      }
      return seen;
    },
    players: { "one-ply": onePly },
    draw: ({ cells }) => drawBoard(board, cells),
  };
}

/** Tic-tac-toe. A move is a cell from 0 to 8. With best play of both, nobody wins. */
export function ticTacToe(): Game<State> {
  return inARow({ rows: 3, columns: 3, length: 3, falling: false });
}

/** Connect Four, 7 columns by 6 rows. A move is a column from 0 to 6. With best play of both, the first player wins. */
export function connectFour(): Game<State> {
  return inARow({ rows: 6, columns: 7, length: 4, falling: true });
}

const DIRECTIONS = [
  [0, 1],
  [1, 0],
  [1, 1],
  [1, -1],
] as const;

/** Whether the stone in this cell is part of a row that wins. */
function makesRow({ rows, columns, length }: Board, cells: string, cell: number): boolean {
  const row = Math.floor(cell / columns);
  const column = cell % columns;
  for (const [down, right] of DIRECTIONS) {
    let count = 1;
    for (const sign of [-1, 1]) {
      let r = row + sign * down;
      let c = column + sign * right;
      while (r >= 0 && r < rows && c >= 0 && c < columns && cells[r * columns + c] === cells[cell]) {
        count++;
        r += sign * down;
        c += sign * right;
      }
    }
    if (count >= length) return true;
  }
  return false;
}
