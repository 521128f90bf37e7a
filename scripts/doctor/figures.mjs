// The series of a run in which symptoms show, as { x, y }.
import { mean } from "./loop.mjs";

/** A diagnostic of each update. */
export const diagnostic =
  (name) =>
  ({ updates }) => ({
    x: updates.map(({ steps }) => steps),
    y: updates.map(({ diagnostics }) => diagnostics[name]),
  });

/** The mean return of the last 20 episodes, after each update that ended one. */
export function average({ updates }) {
  const ended = updates.filter(({ returns }) => returns.length > 0);
  const recent = [];
  const y = ended.map(({ returns }) => {
    recent.push(...returns);
    return mean(recent.slice(-20));
  });
  return { x: ended.map(({ steps }) => steps), y };
}

/** A number of each episode. */
export const ofEpisodes =
  (name) =>
  ({ updates }) => ({
    x: updates.flatMap(({ lastSteps }) => lastSteps),
    y: updates.flatMap((update) => update[name]),
  });

/** A number of each examination of the policy. */
export const looked =
  (measure) =>
  ({ looks }) => ({ x: looks.map(({ steps }) => steps), y: looks.map(measure) });
