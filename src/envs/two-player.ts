import { defaultRng, type Generator } from "../random/generator.js";
import { type Entropy, SeedSequence } from "../random/seed-sequence.js";
import type { Scene } from "../scene/scene.js";
import type { Discrete } from "../spaces/discrete.js";
import type { Env, Info, Json, ResetOptions } from "./env.js";
import { ResetNeeded } from "./reset-needed.js";
import { readSnapshot } from "./snapshot.js";

/** One value for each of two players. */
export type Pair<T> = readonly [first: T, second: T];

/** What both players get to know after a move. */
export interface TwoPlayerStep {
  readonly observations: Pair<number>;
  readonly rewards: Pair<number>;
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly info: Info;
}

/** A game in which two move at the same time, each with an observation of its own. Otherwise as `Env`. */
export interface TwoPlayerGame {
  /** The same for both. */
  readonly observationSpace: Discrete;
  readonly actionSpace: Discrete;
  reset(options?: ResetOptions): { readonly observations: Pair<number>; readonly info: Info };
  step(actions: Pair<number>): TwoPlayerStep;
  render(): Scene;
  snapshot(): Json;
  restore(state: Json): void;
}

/** Chooses the second player's move from what that player sees. What it remembers by itself is not in a snapshot. */
export type Opponent = (observation: number, rng: Generator) => number;

/**
 * The game as the first player sees it, with the second player as part of the world. Self-play is an opponent that asks the
 * first player's own policy.
 */
export function against(game: TwoPlayerGame, opponent: Opponent): Env<number, number> {
  const rng = defaultRng(opponentSeed(0));
  const { start, n } = game.observationSpace;
  let theirs: number | undefined;
  return {
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
      const seen = read.integer("theirs", start - 1, start + n - 1);
      game.restore(read.json("game"));
      rng.restore(read.json("rng"));
      theirs = seen < start ? undefined : seen;
    },
  };
}

/** The opponent's own stream, apart from the game's, which begins at the seed itself. */
function opponentSeed(seed: Entropy): SeedSequence {
  return new SeedSequence(seed).spawn(1)[0];
}
