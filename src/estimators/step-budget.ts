/** Batches of whole episodes, collected until they have a number of steps, as Spinning Up's loop does. */

import type { Trajectory } from "../tabular/trajectories.js";
import { checkFunction, checkTrajectories, checkWhole } from "./checks.js";
import { batchOf, type EpisodeBatch } from "./episodes.js";

/**
 * Calls `visit` with each batch that stops once it has more than `steps` steps, and its probability. The last episode, which
 * crosses the budget, is the only one whose place matters.
 */
export function eachBatchOfSteps(
  episodes: readonly Trajectory[],
  steps: number,
  visit: (batch: EpisodeBatch, probability: number) => void,
): void {
  checkTrajectories(episodes);
  checkWhole("steps", steps, 0);
  checkFunction("visit", visit);
  const chosen: Trajectory[] = [];
  const extend = (first: number, taken: number, probability: number): void => {
    for (const last of episodes)
      if (taken + last.actions.length > steps) visit(batchOf([...chosen, last]), probability * last.probability);
    for (let i = first; i < episodes.length; i++) {
      const { length } = episodes[i].actions;
      let joint = probability;
      let times = 0;
      while (taken + (times + 1) * length <= steps) {
        times++;
        chosen.push(episodes[i]);
        // One more of this kind among all chosen so far: n/k more orders.
        joint *= (episodes[i].probability * chosen.length) / times;
        extend(i + 1, taken + times * length, joint);
      }
      chosen.length -= times;
    }
  };
  extend(0, 0, 1);
}
