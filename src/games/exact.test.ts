import { describe, expect, it } from "vitest";
import { Average } from "./average.js";
import { bestResponse, exploitability, nashConv, valueBounds } from "./best-response.js";
import { equilibrium } from "./equilibrium.js";
import type { Game } from "./game.js";
import { hiddenMoves, matchingPennies } from "./hidden-moves.js";
import { ticTacToe } from "./in-a-row.js";
import { kuhn } from "./kuhn.js";
import { leduc } from "./leduc.js";
import { gameValue, profileOf, uniformProfile } from "./profile.js";
import { CHANCE, END, type GameTree, gameTree } from "./tree.js";

/** OpenSpiel's figures (pyspiel 2.0.2), and the value of Leduc by linear programming over sequence forms. */
const LEDUC_VALUE = -0.085606424078;

const RPS = [
  [0, -1, 1],
  [1, 0, -1],
  [-1, 1, 0],
];

const sizes = (tree: GameTree): number[] => [
  tree.nodes,
  tree.turn.filter((turn) => turn === END).length,
  ...[0, 1].map((seat) => tree.sets.filter((set) => set.seat === seat).length),
];

/** Kuhn's equilibrium with α. */
function kuhnEquilibrium(tree: GameTree, alpha: number) {
  const bets: Record<string, number> = {
    J: alpha, Q: 0, K: 3 * alpha, Jpb: 0, Qpb: alpha + 1 / 3, Kpb: 1,
    Jp: 1 / 3, Qp: 0, Kp: 1, Jb: 0, Qb: 1 / 3, Kb: 1,
  }; // biome-ignore format: one line a player
  return profileOf(tree, ({ name }) => [1 - bets[name], bets[name]]);
}

describe("the tree of", () => {
  it.each<[string, Game, number[]]>([
    ["matching pennies", matchingPennies() as unknown as Game, [7, 4, 1, 1]],
    ["rock, paper, scissors", hiddenMoves(RPS) as unknown as Game, [13, 9, 1, 1]],
    ["Kuhn poker", kuhn() as unknown as Game, [58, 30, 6, 6]],
    ["Leduc poker with suits", leduc({ suits: true }) as unknown as Game, [9457, 5520, 468, 468]],
    ["Leduc poker without suits", leduc() as unknown as Game, [1939, 1116, 144, 144]],
    ["tic-tac-toe, where a board is one node,", ticTacToe() as unknown as Game, [5478, 958, 2423, 2097]],
  ])("%s has these nodes, ends and information sets", (_, game, expected) => {
    expect(sizes(gameTree(game))).toEqual(expected);
  });

  it("a game that is too large is refused", () => {
    expect(() => gameTree(ticTacToe(), { most: 1000 })).toThrow(/more than 1000 states/);
  });

  it("tic-tac-toe has 255,168 games", () => {
    const { nodes, turn, first, child, root } = gameTree(ticTacToe());
    const games = new Float64Array(nodes);
    for (let node = 0; node < nodes; node++) {
      games[node] =
        turn[node] === END ? 1 : child.slice(first[node], first[node + 1]).reduce((n, c) => n + games[c], 0);
    }
    expect(games[root]).toBe(255_168);
  });

  it("numbers what follows before what it follows", () => {
    const { first, child, nodes, turn } = gameTree(leduc());
    for (let node = 0; node < nodes; node++)
      for (let edge = first[node]; edge < first[node + 1]; edge++) expect(child[edge]).toBeLessThan(node);
    expect(turn[nodes - 1]).toBe(CHANCE);
  });
});

describe("the uniform profile", () => {
  it.each<[string, Game, number]>([
    ["matching pennies", matchingPennies() as unknown as Game, 0],
    ["rock, paper, scissors", hiddenMoves(RPS) as unknown as Game, 0],
    ["Kuhn poker", kuhn() as unknown as Game, 0.916667],
    ["Leduc poker", leduc() as unknown as Game, 4.747222],
    ["Leduc poker with suits", leduc({ suits: true }) as unknown as Game, 4.747222],
  ])("of %s has OpenSpiel's NashConv, and half of it as exploitability", (_, game, expected) => {
    const tree = gameTree(game);
    const uniform = uniformProfile(tree);
    expect(Math.abs(nashConv(tree, uniform) - expected)).toBeLessThan(1e-6);
    expect(exploitability(tree, uniform)).toBe(nashConv(tree, uniform) / 2);
  });

  it("of tic-tac-toe wins and loses as random play does, and best replies to it earn what is known", () => {
    const tree = gameTree(ticTacToe());
    const uniform = uniformProfile(tree);
    // X wins 58.49 % and O 28.81 %.
    expect(gameValue(tree, uniform)).toBeCloseTo(0.5849 - 0.2881, 3);
    expect(bestResponse(tree, uniform, 0).value).toBeCloseTo(0.99479, 5);
    expect(bestResponse(tree, uniform, 1).value).toBeCloseTo(0.92487, 5);
  });
});

describe("Kuhn poker", () => {
  const tree = gameTree(kuhn());

  it.each([0, 0.1, 1 / 3])("is at an equilibrium with the known strategies, α = %f", (alpha) => {
    const profile = kuhnEquilibrium(tree, alpha);
    expect(nashConv(tree, profile)).toBeLessThan(1e-15);
    expect(gameValue(tree, profile)).toBeCloseTo(-1 / 18, 15);
  });

  it("is not at one with α = 0.4, which bets K more often than always", () => {
    expect(() => kuhnEquilibrium(tree, 0.4)).toThrow(/information set K/);
  });

  it("has best responses that earn what they promise", () => {
    const uniform = uniformProfile(tree);
    for (const seat of [0, 1] as const) {
      const { profile, value } = bestResponse(tree, uniform, seat);
      expect(gameValue(tree, profile)).toBeCloseTo(seat === 0 ? value : -value, 12);
    }
  });

  it("says when an equilibrium is out of reach", () => {
    expect(() => equilibrium(tree, { tolerance: 0, iterations: 20 })).toThrow(/what 20 iterations reach/);
  });

  it("is solved to its value −1/18", () => {
    const solved = equilibrium(tree, { tolerance: 1e-5 });
    expect(solved.nashConv).toBeLessThanOrEqual(1e-5);
    expect(Math.abs(solved.value + 1 / 18)).toBeLessThan(5e-6);
  });
});

describe("tic-tac-toe", () => {
  it("is a draw: backward induction finds play that no reply beats", () => {
    const tree = gameTree(ticTacToe());
    const { profile, value } = equilibrium(tree);
    expect(value).toBe(0);
    expect(nashConv(tree, profile)).toBe(0);
  });

  it("has no average over time", () => {
    expect(() => new Average(gameTree(ticTacToe()))).toThrow(/perfect information/);
  });
});

describe("Leduc poker", () => {
  it("is solved to the value that a linear program finds", () => {
    const tree = gameTree(leduc());
    const solved = equilibrium(tree, { tolerance: 5e-4 });
    expect(Math.abs(solved.value - LEDUC_VALUE)).toBeLessThan(2.5e-4);
    const { low, high } = valueBounds(tree, solved.profile);
    expect(low).toBeLessThanOrEqual(LEDUC_VALUE);
    expect(high).toBeGreaterThanOrEqual(LEDUC_VALUE);
  });
});
