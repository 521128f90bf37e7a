/**
 * A turn-based game as an environment: one seat's view of it. The other seat's moves, and those of chance, are made
 * within a step, so an observation is always followed by the next one of the same seat, and the reward is this seat's.
 * The seats alternate from episode to episode, so a policy learns both.
 */

import { ConfigError, show } from "../errors.js";
import { chancesOf, type Game, type GamePlayer, playerOf, randomPlayer, type Seat } from "../games/game.js";
import { drawChance } from "../games/match.js";
import { legalMask, seatObservation } from "../games/seat-view.js";
import type { Json } from "../json.js";
import { defaultRng } from "../random/generator.js";
import type { ActionMask } from "../spaces/action-mask.js";
import { type Box, box } from "../spaces/box.js";
import { type Discrete, discrete } from "../spaces/discrete.js";
import type { Env } from "./env.js";
import { profileGauge } from "./game-gauge.js";
import { noResetOptions } from "./no-reset-options.js";
import { ResetNeeded } from "./reset-needed.js";
import type { Opponents, PoolSettings, SelfPlay } from "./self-play.js";
import { readSnapshot } from "./snapshot.js";

/** A game as an environment. */
export interface GameEnv extends Env<Float32Array, number, Box, Discrete> {
  readonly game: Game;
  /** Undefined if the opponent is fixed. */
  readonly selfPlay?: SelfPlay | undefined;
}

/** The options of `gameEnv`. */
export interface GameEnvOptions<State extends Json> {
  /**
   * Who plays the other side: `self`, the policy in training; `pool`, in half of the episodes one of its past; the name
   * of a player of the game, such as `random`; or a function. Without training, `self` and `pool` play at random.
   */
  readonly opponents?: "self" | "pool" | (string & {}) | GamePlayer<State> | undefined;
  /** The pool of past policies. Default: 20, one every 10 updates. */
  readonly pool?: PoolSettings | undefined;
  /** The share of the opponents' moves that are drawn at random, so that more of the game is seen. Default: 0. */
  readonly slips?: number | undefined;
  /**
   * How many moves a game may begin with that are drawn at random, for both sides: from 0 to this number. For games in
   * which both players see everything; elsewhere, such moves would hide what a real one tells. Default: 0.
   */
  readonly openings?: number | undefined;
}

/** How often a game is begun anew that ends before the seat can move. */
const MOST_TRIES = 1000;

const POOL: PoolSettings = { size: 20, every: 10 };

/**
 * A game as an environment for any algorithm: `train({ algorithm: "ppo", env: () => gameEnv(myGame()) })` is self-play.
 *
 * The observation is [1, 0] for the first seat and [0, 1] for the second, then the game's own observation. The reward
 * at the end of an episode is what this seat has won.
 *
 * @throws ConfigError for an unknown player, a share of slips outside [0, 1], or openings that the game can't have
 */
export function gameEnv<State extends Json>(
  game: Game<State>,
  { opponents = "self", pool = POOL, slips = 0, openings = 0 }: GameEnvOptions<State> = {},
): GameEnv {
  if (!(slips >= 0 && slips <= 1)) throw new ConfigError({ field: "slips", given: slips, allowed: "from 0 to 1" });
  if (!Number.isSafeInteger(openings) || openings < 0 || (openings > 0 && !game.perfectInformation)) {
    const allowed = "a whole number of at least 0, and 0 where players don't see everything";
    throw new ConfigError({ field: "openings", given: openings, allowed });
  }
  const learned = opponents === "self" || opponents === "pool";
  const random = randomPlayer(game);
  const fixed = learned ? random : typeof opponents === "function" ? opponents : playerOf(game, opponents);
  const actionSpace = discrete(game.moves);
  const rng = defaultRng(0);
  let invited: Opponents | undefined;
  let state = game.start();
  let seat: Seat = 1;
  let opponent = -1;
  let running = false;

  const reply = (): number => {
    if (slips > 0 && rng.random() < slips) return random(state, rng);
    if (invited === undefined) return fixed(state, rng);
    return invited.move(opponent, seatObservation(game, state, seat === 0 ? 1 : 0), legalMask(game, state), rng);
  };
  /** Makes the moves of chance and of the other seat. */
  const goOn = (): void => {
    for (;;) {
      const turn = game.turn(state);
      if (turn === seat || turn === "end") return;
      if (turn === "chance") {
        state = game.play(state, drawChance(chancesOf(game, state), rng).move);
      } else state = game.play(state, requireLegal(reply(), "the opponent's move"));
    }
  };
  /** Makes so many random moves from the start. */
  const open = (moves: number): void => {
    state = game.start();
    for (let made = 0; made < moves && game.turn(state) !== "end"; made++) {
      const move = game.turn(state) === "chance" ? drawChance(chancesOf(game, state), rng).move : random(state, rng);
      state = game.play(state, move);
    }
  };
  /** Begins a game, up to the first decision of the seat. One that ends before it is begun again. */
  const begin = (): void => {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      open(openings === 0 ? 0 : rng.integers(0, openings + 1));
      goOn();
      if (game.turn(state) === seat) return;
    }
    const given = `one that ended ${MOST_TRIES} times before seat ${seat} could move`;
    throw new ConfigError({ field: "game", given, allowed: "one with moves of both seats" });
  };
  const requireLegal = (move: number, field: string): number => {
    const legal = game.legalMoves(state);
    if (legal.includes(move)) return move;
    throw new ConfigError({ field, given: move, allowed: `a legal move: ${legal.join(", ")}` });
  };
  const selfPlay: SelfPlay = {
    pool: opponents === "pool" ? pool : undefined,
    invite(players) {
      invited = players;
    },
    gauge: () => profileGauge(game),
  };
  return {
    game: game as unknown as Game,
    observationSpace: box({ low: -1, high: 1, shape: [2 + game.observationSize] }),
    actionSpace,
    ...(learned ? { selfPlay } : { warning: fixedOpponent(opponents) }),
    reset({ seed, options } = {}) {
      noResetOptions(options);
      if (seed !== undefined) {
        rng.reseed(seed);
        seat = rng.integers(0, 2) === 0 ? 1 : 0;
      }
      seat = seat === 0 ? 1 : 0;
      opponent = invited?.choose(rng) ?? -1;
      begin();
      running = true;
      return { observation: seatObservation(game, state, seat), info: {} };
    },
    step(move) {
      if (!running) throw new ResetNeeded();
      if (!actionSpace.contains(move) || !game.legalMoves(state).includes(move)) requireLegal(move, "action");
      state = game.play(state, move);
      goOn();
      const terminated = game.turn(state) === "end";
      running = !terminated;
      const observation = seatObservation(game, state, seat);
      if (!terminated) return { observation, reward: 0, terminated, truncated: false, info: {} };
      const reward = (seat === 0 ? 1 : -1) * game.winnings(state) + 0;
      invited?.ended(opponent, reward > 0 ? 1 : reward === 0 ? 0.5 : 0);
      return { observation, reward, terminated, truncated: false, info: {} };
    },
    actionMask: (): ActionMask => legalMask(game, state),
    ...(game.draw && { render: () => game.draw?.(state, running ? seat : undefined) ?? { view: NOTHING, shapes: [] } }),
    snapshot: () => ({ state, seat, opponent, running, rng: rng.snapshot() }),
    restore(snapshot) {
      const read = readSnapshot(snapshot);
      const saved = {
        seat: read.integer("seat", 0, 1) as Seat,
        opponent: read.integer("opponent", -1, Number.MAX_SAFE_INTEGER),
        running: read.flag("running"),
        state: checkedState(game, read.json("state"), "snapshot.state"),
      };
      rng.restore(read.json("rng"));
      ({ seat, opponent, running, state } = saved);
    },
  };
}

/** What a policy learns against a player that never changes. */
function fixedOpponent(opponent: unknown): string {
  const name = typeof opponent === "string" ? `the player ${opponent}` : "a fixed player";
  return `The opponent is ${name} and never changes: the policy learns a reply to it, which others may beat`;
}

const NOTHING = { left: 0, right: 1, bottom: 0, top: 1 };

/** A state from a file, which may be damaged: the game's own functions must accept it. @throws ConfigError */
function checkedState<State extends Json>(game: Game<State>, given: Json, field: string): State {
  const state = given as State;
  try {
    const turn = game.turn(state);
    if (turn === 0 || turn === 1) {
      game.legalMoves(state);
      game.observe(state);
      return state;
    }
    if (turn === "end" && Number.isFinite(game.winnings(state))) return state;
    if (turn === "chance") {
      game.turn(game.play(state, chancesOf(game, state)[0].move));
      return state;
    }
  } catch (error) {
    throw new ConfigError({ field, given: show(given), allowed: `a state of the game, which says: ${error}` });
  }
  throw new ConfigError({ field, given: show(given), allowed: "a state of the game" });
}
