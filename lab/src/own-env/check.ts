/** Checks an environment: what breaks training, and what makes it hard. */

import { envFindings, playAtRandom } from "ascent/doctor";
import { checkEnv, make } from "ascent/envs";
import type { OwnFinding } from "./own-protocol.js";

/** Plays first, since an error there has its line, and then checks. @throws whatever the environment throws in play */
export function findingsOf(id: string, say: (words: string) => void): OwnFinding[] {
  say("20 episodes with random actions");
  const env = make(id);
  const play = playAtRandom(env, { episodes: 20, seed: 0, maxSteps: 1000 });
  say("the same seeds again, and everything that it returns");
  const checked = checkEnv(() => make(id)).map((finding) => ({ ...finding, advice: undefined }));
  const found = envFindings(play, id, env.observationSpace.kind === "box");
  return [
    ...checked,
    ...found.map(({ code, severity, seen, why, tryNext }) => ({
      severity,
      check: code,
      message: seen,
      advice: `${why} Try: ${tryNext}`,
    })),
  ];
}
