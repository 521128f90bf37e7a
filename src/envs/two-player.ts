import { defaultRng, type Generator } from "../random/generator.js";
import { type Entropy, SeedSequence } from "../random/seed-sequence.js";
import type { Scene } from "../scene/scene.js";
import type { Discrete } from "../spaces/discrete.js";
import type { Env, Info, Json, ResetOptions } from "./env.js";
import { wrapping } from "./innermost.js";
import { ResetNeeded } from "./reset-needed.js";
import { readSnapshot } from "./snapshot.js";

/** One value for each of two players. */
export type Pair<T> = readonly [first: T, second: T];

/** What both players learn after a move. */
export interface TwoPlayerStep {
  readonly observations: Pair<number>;
  readonly rewards: Pair<number>;
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly info: Info;
}

/** A game in which two players move at the same time, each with an observation. Otherwise it is like `Env`. */
export interface TwoPlayerGame {
  /** Both players have the same spaces. */
  readonly observationSpace: Discrete;
  readonly actionSpace: Discrete;
  reset(options?: ResetOptions): { readonly observations: Pair<number>; readonly info: Info };
  step(actions: Pair<number>): TwoPlayerStep;
  render(): Scene;
  snapshot(): Json;
  restore(state: Json): void;
}

/** Chooses the second player's move from that player's observation. A snapshot does not include its own memory. */
export type Opponent = (observation: number, rng: Generator) => number;

/**
 * The game from the first player's point of view, with the second player as part of the world. For self-play, the
 * opponent calls the first player's own policy.
 */
export function against(game: TwoPlayerGame, opponent: Opponent): Env<number, number> {
  const rng = defaultRng(opponentSeed(0));
  const { start, n } = game.observationSpace;
  let theirs: number | undefined;
  const seen: Env<number, number> = {
    observationSpace: game.observationSpace,
    actionSpace: game.actionSpace,
    reset(options = {}) {
      if (options.seed !== undefined) rng.reseed(opponentSeed(options.seed));
      const { observations, info } = game.reset(options);
      theirs = observations[1];
      return { observation: observations[0], info };
    },
    step(action) {
      if (theirs === undefined) throw new ResetNeeded();
      const { observations, rewards, terminated, truncated, info } = game.step([action, opponent(theirs, rng)]);
      theirs = observations[1];
      return { observation: observations[0], reward: rewards[0], terminated, truncated, info };
    },
    render: () => game.render(),
    snapshot: () => ({ game: game.snapshot(), theirs: theirs ?? start - 1, rng: rng.snapshot() }),
    restore(state) {
      const read = readSnapshot(state);
      const saved = read.integer("theirs", start - 1, start + n - 1);
      game.restore(read.json("game"));
      rng.restore(read.json("rng"));
      theirs = saved < start ? undefined : saved;
    },
  };
  return wrapping(seen, game);
}

/** The seed of the opponent's stream, distinct from the game's stream, which starts from the seed itself. */
function opponentSeed(seed: Entropy): SeedSequence {
  return new SeedSequence(seed).spawn(1)[0];
}
