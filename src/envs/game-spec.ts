/** Registers a game as an environment. */

import type { Game } from "../games/game.js";
import type { Json } from "../json.js";
import {
  type ChoiceOption,
  choice,
  type IntOption,
  int,
  type RealOption,
  real,
  type Schema,
  type Values,
} from "../options.js";
import { defineEnv, type EnvSpec } from "./env-spec.js";
import { gameEnv } from "./game-env.js";

/** The options of every game. */
export type GameOptions = {
  readonly opponents: ChoiceOption<string>;
  readonly poolSize: IntOption;
  readonly poolEvery: IntOption;
  readonly slips: RealOption;
  readonly openings: IntOption;
};

/** A game to register. */
export interface GameDescription<S extends Schema, State extends Json> {
  readonly id: string;
  readonly summary: string;
  /** Options of the game itself. */
  readonly options?: S;
  /** Default of the option `opponents`. */
  readonly opponents?: "self" | "pool";
  /** Default of the option `slips`. */
  readonly slips?: number;
  /** Default of the option `openings`. */
  readonly openings?: number;
  game(options: Values<S>): Game<State>;
}

/**
 * The spec of a game, for `register`: `register(defineGame({ id: "MyGame-v0", summary: "…", game: () => myGame() }))`.
 * `train`, `evaluate`, `watch` and `play` then know it by its id.
 */
export function defineGame<State extends Json, S extends Schema = Record<never, never>>(
  description: GameDescription<S, State>,
): EnvSpec<S & GameOptions> {
  const { id, summary, options = {} as S, game } = description;
  const defaults = Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default]));
  const players = Object.keys(game(defaults as Values<S>).players ?? {});
  const own: GameOptions = {
    opponents: choice<string>(description.opponents ?? "self", {
      choices: ["self", "pool", "random", ...players],
      help: "who plays the other side: the policy in training (self), its past in half of the games (pool), or a fixed player",
    }),
    poolSize: int(20, { min: 1, max: 1000, help: "past policies that are kept" }),
    poolEvery: int(10, { min: 1, help: "updates after which the present policy joins them" }),
    slips: real(description.slips ?? 0, {
      min: 0,
      max: 1,
      help: "share of the opponents' moves that are drawn at random",
    }),
    openings: int(description.openings ?? 0, {
      min: 0,
      max: 1000,
      help: "random moves of both sides that a game begins with, at most; where players see everything",
    }),
  };
  return defineEnv<S & GameOptions>({
    id,
    summary,
    framesPerSecond: 2,
    options: { ...options, ...own },
    create(values) {
      const { opponents, poolSize, poolEvery, slips, openings } = values as Values<GameOptions>;
      return gameEnv(game(values as Values<S>), {
        opponents,
        pool: { size: poolSize, every: poolEvery },
        slips,
        openings,
      });
    },
  });
}
