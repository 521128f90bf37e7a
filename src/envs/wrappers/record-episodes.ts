import type { Scene } from "../../scene/scene.js";
import type { Space } from "../../spaces/space.js";
import type { Env } from "../env.js";
import { sameEnv } from "./same-env.js";

/** What happened in an episode: of T steps, T + 1 observations and scenes, T actions and rewards. */
export interface RecordedEpisode<Obs, Act> {
  readonly observations: Obs[];
  readonly actions: Act[];
  readonly rewards: number[];
  /** Empty where the environment has no `render`, or scenes were not asked for. */
  readonly scenes: Scene[];
  /** How it ended; both false for an episode that still goes on, or was left by a reset. */
  terminated: boolean;
  truncated: boolean;
}

/**
 * The same environment that hands what happened to `keep` at the end of each episode, and at a reset that leaves one. What
 * was recorded is no state: a restored environment records from there on, and nothing of an episode that it came into.
 */
export function recordEpisodes<Obs, Act, ObsSpace extends Space<Obs>, ActSpace extends Space<Act>>(
  env: Env<Obs, Act, ObsSpace, ActSpace>,
  keep: (episode: RecordedEpisode<Obs, Act>) => void,
  { scenes = false }: { scenes?: boolean | undefined } = {},
): Env<Obs, Act, ObsSpace, ActSpace> {
  let episode: RecordedEpisode<Obs, Act> | undefined;
  const see = (observation: Obs): void => {
    episode?.observations.push(observation);
    if (scenes && env.render) episode?.scenes.push(env.render());
  };
  const finish = (): void => {
    const finished = episode;
    episode = undefined;
    if (finished !== undefined && finished.actions.length > 0) keep(finished);
  };
  const same = sameEnv(env);
  return {
    ...same,
    reset(options) {
      finish();
      const result = env.reset(options);
      episode = {
        observations: [],
        actions: [],
        rewards: [],
        scenes: [],
        terminated: false,
        truncated: false,
      };
      see(result.observation);
      return result;
    },
    step(action) {
      const result = env.step(action);
      if (episode === undefined) return result;
      episode.actions.push(action);
      episode.rewards.push(result.reward);
      ({ terminated: episode.terminated, truncated: episode.truncated } = result);
      see(result.observation);
      if (result.terminated || result.truncated) finish();
      return result;
    },
    ...(same.restore && {
      restore: (state) => {
        same.restore?.(state);
        episode = undefined;
      },
    }),
  };
}
