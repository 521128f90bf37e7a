import type { Scene } from "../../scene/scene.js";
import type { Space } from "../../spaces/space.js";
import type { Env } from "../env.js";
import { wrapping } from "../innermost.js";
import { sameEnv } from "./same-env.js";

/** A recorded episode of T steps: T + 1 observations and scenes, T actions and rewards. */
export interface RecordedEpisode<Obs, Act> {
  readonly observations: Obs[];
  readonly actions: Act[];
  readonly rewards: number[];
  /** Empty if the environment has no `render`, or scenes were not requested. */
  readonly scenes: Scene[];
  /** How it ended. Both are false while it goes on, and if a reset cut it short. */
  terminated: boolean;
  truncated: boolean;
}

/**
 * Wraps an environment so that it passes each episode to `keep` at its end, or at a reset that cuts it short. Snapshots do
 * not contain the recording: after `restore`, recording starts with the next episode.
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
  const wrapped: Env<Obs, Act, ObsSpace, ActSpace> = {
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
  return wrapping(wrapped, env);
}
