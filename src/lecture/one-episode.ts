import type { Segment } from "../rollout/index.js";

/** The segments of one whole episode of so many steps, which ends in a terminal state or at a time limit. */
export function oneEpisode(steps: number, terminated = true): Segment[] {
  return [{ start: 0, end: steps, terminated, truncated: !terminated }];
}
