/** What an episode and a step of a run are called. */

import type { ResolvedConfig } from "./types.js";

/** What stands before the name of a language task in records, so that they are not taken for those of environments. */
export const LANGUAGE = "language/";

/** Nouns in the singular. */
export interface Words {
  readonly episode: "episode" | "response";
  readonly step: "step" | "token";
}

export const EPISODES: Words = { episode: "episode", step: "step" };
const RESPONSES: Words = { episode: "response", step: "token" };

/** The words for a run: of a language model, an episode is a response and a step is a token. */
export function wordsOf({ env }: Pick<ResolvedConfig, "env">): Words {
  return env?.startsWith(LANGUAGE) === true ? RESPONSES : EPISODES;
}
