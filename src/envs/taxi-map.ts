import type { Outcome } from "./tabular.js";

/** Between two squares, `:` is open and `|` is a wall. */
export const MAP = ["R: | : :G", " : | : : ", " : : : : ", " | : | : ", "Y| : |B: "] as const;

/** Row and column of the four stops: red, green, yellow, blue. */
export const STOPS = [
  [0, 0],
  [0, 4],
  [4, 0],
  [4, 3],
] as const;

export const IN_TAXI = 4;
export const SIZE = 5;
export const STATES: number = SIZE * SIZE * (STOPS.length + 1) * STOPS.length;

const SOUTH = 0;
const NORTH = 1;
const EAST = 2;
const WEST = 3;
const PICK_UP = 4;

/** The directions to which the cab drifts in the rain: left and right of its own. */
const SIDES = [
  [EAST, WEST],
  [WEST, EAST],
  [NORTH, SOUTH],
  [SOUTH, NORTH],
] as const;

export interface TaxiState {
  readonly row: number;
  readonly column: number;
  /** The stop where the passenger waits, or `IN_TAXI`. */
  readonly passenger: number;
  readonly destination: number;
}

export function encode({ row, column, passenger, destination }: TaxiState): number {
  return ((row * SIZE + column) * (STOPS.length + 1) + passenger) * STOPS.length + destination;
}

export function decode(state: number): TaxiState {
  const square = Math.floor(state / 20);
  return {
    row: Math.floor(square / SIZE),
    column: square % SIZE,
    passenger: Math.floor(state / 4) % 5,
    destination: state % 4,
  };
}

function isOpen({ row, column }: TaxiState, direction: number): boolean {
  if (direction === SOUTH) return row < SIZE - 1;
  if (direction === NORTH) return row > 0;
  return MAP[row][direction === EAST ? 2 * column + 1 : 2 * column - 1] === ":";
}

function moved(at: TaxiState, direction: number): TaxiState {
  if (!isOpen(at, direction)) return at;
  const down = direction === SOUTH ? 1 : direction === NORTH ? -1 : 0;
  const right = direction === EAST ? 1 : direction === WEST ? -1 : 0;
  return { ...at, row: at.row + down, column: at.column + right };
}

function stopAt({ row, column }: TaxiState): number {
  return STOPS.findIndex(([stopRow, stopColumn]) => stopRow === row && stopColumn === column);
}

/** The possible outcomes. `dry` is the probability of going straight in the rain; it has no effect without rain. */
export function outcomes(state: number, action: number, dry: number, rains: boolean): Outcome[] {
  const at = decode(state);
  const outcome = (next: TaxiState, probability: number, reward = -1, terminated = false): Outcome => ({
    probability,
    state: encode(next),
    reward,
    terminated,
  });
  if (action <= WEST) {
    const ahead = moved(at, action);
    if (!rains) return [outcome(ahead, 1)];
    const drifts = isOpen(at, action) ? SIDES[action].map((side) => moved(at, side)) : [at, at];
    return [outcome(ahead, dry), ...drifts.map((next) => outcome(next, (1 - dry) / 2))];
  }
  const stop = stopAt(at);
  if (action === PICK_UP) {
    if (at.passenger < IN_TAXI && stop === at.passenger) return [outcome({ ...at, passenger: IN_TAXI }, 1)];
  } else if (at.passenger === IN_TAXI && stop >= 0) {
    const arrived = stop === at.destination;
    return [outcome({ ...at, passenger: stop }, 1, arrived ? 20 : -1, arrived)];
  }
  return [outcome(at, 1, -10)];
}

/** 1 for each action that changes the state, so that `actionSpace.sample(rng, mask)` wastes no step. */
export function actionMask(state: number): Int8Array {
  const at = decode(state);
  const stop = stopAt(at);
  const useful = [
    isOpen(at, SOUTH),
    isOpen(at, NORTH),
    isOpen(at, EAST),
    isOpen(at, WEST),
    at.passenger < IN_TAXI && stop === at.passenger,
    at.passenger === IN_TAXI && stop >= 0,
  ];
  return Int8Array.from(useful, Number);
}
