/** Holds a game to its contract. */

import { show } from "../errors.js";
import { type Finding, Report } from "../findings.js";
import type { Json } from "../json.js";
import { defaultRng } from "../random/generator.js";
import { sceneFault } from "../scene/scene-fault.js";
import { chancesOf, type Game, type Seat } from "./game.js";

/**
 * Checks a game and returns what is wrong with it; a sound game gives an empty list, so a test can be
 * `expect(checkGame(myGame())).toEqual([])`. It plays `games` random ones and checks in every state of them
 *
 * - that legal moves are whole numbers in range, ascending and at least one, and that chance's probabilities sum to 1;
 * - that `play` leaves the state that it is given as it was, and answers the same when asked again;
 * - that states are plain data, which come back unchanged from JSON;
 * - that observations have the promised size and finite numbers from −1 to 1;
 * - that states of one information set have the same player, legal moves and observation, and that this player has seen
 *   and done the same in all of them (perfect recall);
 * - that the game ends, with finite winnings, and that pictures can be drawn.
 *
 * Two information sets with the same observation are a warning: a policy can't tell them apart.
 */
export function checkGame<State extends Json>(game: Game<State>, { games = 300 }: { games?: number } = {}): Finding[] {
  const report = new Report();
  const check = new Check(game, report);
  try {
    for (let i = 0; i < games && !report.failed; i++) check.playOne(i);
  } catch (error) {
    report.error("throws", `the game threw where it should not: ${error}`);
  }
  return report.findings;
}

/** How long a game may take. */
const MOST_MOVES = 1000;

interface Known {
  readonly facts: string;
  readonly history: string;
}

class Check<State extends Json> {
  private readonly game: Game<State>;
  private readonly report: Report;
  private readonly known = new Map<string, Known>();
  private readonly observations = new Map<string, string>();

  constructor(game: Game<State>, report: Report) {
    this.game = game;
    this.report = report;
  }

  playOne(seed: number): void {
    const { game } = this;
    const rng = defaultRng(seed);
    const histories = [[], []] as [string[], string[]];
    let state = game.start();
    for (let count = 0; ; count++) {
      this.checkState(state);
      if (this.report.failed) return;
      const turn = game.turn(state);
      if (turn === "end") {
        if (!Number.isFinite(game.winnings(state)))
          this.report.error("winnings", `winnings(${show(state)}) is not a number`);
        return;
      }
      if (count >= MOST_MOVES) {
        this.report.error("end", `a game has not ended after ${MOST_MOVES} moves`);
        return;
      }
      const moves = turn === "chance" ? this.chanceMoves(state) : this.legalMoves(state);
      if (moves.length === 0) return;
      if (turn === 0 || turn === 1) this.checkSet(state, turn, histories[turn]);
      const move = moves[rng.integers(0, moves.length)];
      const next = this.played(state, move);
      if (turn === 0 || turn === 1) histories[turn].push(`${game.informationSet(state)} → ${move}`);
      state = next;
    }
  }

  private checkState(state: State): void {
    const turn: unknown = this.game.turn(state);
    if (turn !== 0 && turn !== 1 && turn !== "chance" && turn !== "end")
      this.report.error("turn", `turn() gave ${show(turn)}, which is none of 0, 1, "chance" and "end"`);
    const text = JSON.stringify(state);
    if (text === undefined || JSON.stringify(JSON.parse(text)) !== text || !sameDeeply(state, JSON.parse(text)))
      this.report.error("state", `the state ${show(state)} does not come back from JSON as it was`);
    for (const viewer of [undefined, 0, 1] as const) {
      const scene = this.game.draw?.(state, viewer);
      const fault = scene === undefined ? undefined : sceneFault(scene);
      if (fault !== undefined) this.report.error("draw", `draw() gave a picture that can't be drawn: ${fault}`);
    }
  }

  private legalMoves(state: State): readonly number[] {
    const { moves } = this.game;
    const legal = this.game.legalMoves(state);
    const sound = legal.every(
      (move, k) => Number.isInteger(move) && move >= 0 && move < moves && !(move <= legal[k - 1]),
    );
    if (legal.length === 0 || !sound)
      this.report.error(
        "legalMoves",
        `legalMoves() gave ${show(legal)}; expected ascending numbers from 0 to ${moves - 1}`,
      );
    return sound ? legal : [];
  }

  private chanceMoves(state: State): readonly number[] {
    const ways = chancesOf(this.game, state);
    const total = ways.reduce((sum, { probability }) => sum + probability, 0);
    if (!ways.every(({ probability }) => probability > 0) || !(Math.abs(total - 1) < 1e-9)) {
      this.report.error(
        "chances",
        `the probabilities of chances() sum to ${total}; expected positive ones that sum to 1`,
      );
      return [];
    }
    return ways.map(({ move }) => move);
  }

  private played(state: State, move: number): State {
    const before = JSON.stringify(state);
    const next = this.game.play(state, move);
    if (JSON.stringify(state) !== before)
      this.report.error("play", `play(state, ${move}) changed the state that it was given`);
    if (JSON.stringify(this.game.play(state, move)) !== JSON.stringify(next))
      this.report.error("play", `play(state, ${move}) gave two different states for the same one`);
    return next;
  }

  private checkSet(state: State, seat: Seat, own: readonly string[]): void {
    const { game } = this;
    const name = game.informationSet(state);
    const seen = game.observe(state);
    if (!(seen instanceof Float32Array) || seen.length !== game.observationSize) {
      const expected = `a Float32Array of ${game.observationSize}`;
      this.report.error("observe", `observe() gave ${show(seen)}; expected ${expected}`);
      return;
    }
    if (!seen.every((value) => value >= -1 && value <= 1))
      this.report.error("observe", `observe() gave ${show(seen)}; expected numbers from -1 to 1`);
    const facts = `moves ${game.legalMoves(state)}, observation ${seen}`;
    // Whoever sees the whole state needs no memory of the way to it.
    const history = game.perfectInformation ? "" : own.join(", ");
    const key = `${seat} ${name}`;
    const known = this.known.get(key);
    if (known === undefined) this.known.set(key, { facts, history });
    else if (known.facts !== facts)
      this.report.error("informationSet", `two states of the information set ${name} differ: ${known.facts}; ${facts}`);
    else if (known.history !== history)
      this.report.error(
        "recall",
        `the information set ${name} has two pasts of its player: [${known.history}], [${history}]`,
      );
    const observed = `${seat} ${seen}`;
    const other = this.observations.get(observed) ?? name;
    if (other !== name)
      this.report.warn("observe", `the information sets ${other} and ${name} have the same observation`);
    this.observations.set(observed, name);
  }
}

function sameDeeply(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return Object.is(a, b);
  const [mine, theirs] = [Object.entries(a), Object.entries(b)];
  return (
    mine.length === theirs.length &&
    mine.every(([key, value], k) => theirs[k][0] === key && sameDeeply(value, theirs[k][1]))
  );
}
