import { describe, expect, it } from "vitest";
import { checkGame } from "./check-game.js";
import type { Game } from "./game.js";
import { hiddenMoves, matchingPennies } from "./hidden-moves.js";
import { connectFour, ticTacToe } from "./in-a-row.js";
import { kuhn } from "./kuhn.js";
import { leduc } from "./leduc.js";

type State = readonly number[];

const pennies = matchingPennies();

/** Changes the state that it is given. */
function pushing(state: State, move: number): State {
  (state as number[]).push(move);
  return [...state];
}

/** What is wrong with matching pennies in which a part is replaced. */
function found(part: Partial<Game<State>>): string[] {
  return checkGame({ ...pennies, ...part }, { games: 50 }).map(({ severity, check }) => `${severity}: ${check}`);
}

describe("checkGame", () => {
  it.each<[string, Game]>([
    ["matching pennies", pennies as unknown as Game],
    ["a matrix game with more columns than rows", hiddenMoves([[1, 2, 3]]) as unknown as Game],
    ["Kuhn poker", kuhn() as unknown as Game],
    ["Leduc poker", leduc() as unknown as Game],
    ["Leduc poker with suits", leduc({ suits: true }) as unknown as Game],
    ["tic-tac-toe", ticTacToe() as unknown as Game],
    ["Connect Four", connectFour() as unknown as Game],
  ])("finds nothing wrong with %s", (_, game) => {
    expect(checkGame(game, { games: 30 })).toEqual([]);
  });

  it.each<[string, Partial<Game<State>>, string]>([
    ["a move that is out of range", { legalMoves: () => [0, 2] }, "error: legalMoves"],
    ["moves out of order", { legalMoves: () => [1, 0] }, "error: legalMoves"],
    ["no legal move", { legalMoves: () => [] }, "error: legalMoves"],
    ["a turn that is none", { turn: () => 2 as 0 }, "error: turn"],
    ["winnings that are none", { winnings: () => Number.NaN }, "error: winnings"],
    ["a play that changes its state", { play: pushing }, "error: play"],
    ["an observation of another size", { observe: () => new Float32Array(2) }, "error: observe"],
    ["an observation out of bounds", { observe: () => new Float32Array([2]) }, "error: observe"],
    ["chance without chances", { turn: () => "chance" }, "error: throws"],
    ["a state that JSON can't hold", { start: () => [] as State, play: () => [undefined, 1] as never }, "error: state"],
    ["a game without end", { turn: () => 0, play: (s) => s, perfectInformation: true }, "error: end"],
    ["a picture of nothing", { draw: () => ({ shapes: [] }) as never }, "error: draw"],
    [
      "an information set that tells what its player can't know",
      { informationSet: (s) => (s.length === 0 ? "first" : "second"), observe: ([m]) => new Float32Array([m ?? 0]) },
      "error: informationSet",
    ],
  ])("finds %s", (_, part, expected) => {
    expect(found(part)).toContain(expected);
  });

  it("finds a player that forgets what it has done", () => {
    const forgetful: Game<State> = {
      ...pennies,
      turn: ({ length }) => (length < 2 ? 0 : "end"),
      informationSet: ({ length }) => String(length),
      winnings: () => 0,
    };
    expect(checkGame(forgetful).map(({ check }) => check)).toContain("recall");
  });

  it("warns of information sets that look alike", () => {
    const names: Partial<Game<State>> = {
      informationSet: (s) => s.join() || "first",
      perfectInformation: true,
      observe: () => new Float32Array(1),
    };
    expect(found(names)).toEqual(["warning: observe"]);
  });

  it("finds probabilities that do not sum to 1", () => {
    const dice: Game<State> = {
      ...pennies,
      turn: ({ length }) => (length === 0 ? "chance" : "end"),
      chances: () => [{ move: 0, probability: 0.9 }],
      winnings: () => 0,
    };
    expect(checkGame(dice).map(({ check }) => check)).toEqual(["chances"]);
  });
});
