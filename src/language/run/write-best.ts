/** Best of n with the reward of a run: nothing is learned. */

import type { Generator } from "../../random/index.js";
import { bestOfBound, bestPlaces } from "../best-of-n.js";
import type { SamplingOptions } from "../sampling.js";
import type { LanguageTask } from "../tasks/task.js";
import type { LanguageModel, Written } from "./language-model.js";
import type { LanguageTraining } from "./language-training.js";

/** A response with what it is worth to the run, and in truth. */
export interface Chosen extends Written {
  readonly reward: number;
  readonly gold: number;
}

/** The best response to each prompt, and means over all that were written and over these. */
export interface BestWritten {
  readonly chosen: readonly Chosen[];
  readonly reward: { readonly all: number; readonly best: number };
  readonly gold: { readonly all: number; readonly best: number };
  /** ln n − (n − 1)/n: how far the best of n are from the model that wrote them, at most, in nats by response. */
  readonly klBound: number;
}

/** Who writes, and how. */
export interface BestOptions extends Omit<SamplingOptions, "end" | "never"> {
  /** Responses to each prompt. */
  readonly n: number;
  /** Default: the run's model. */
  readonly model?: LanguageModel | undefined;
}

/**
 * Writes n responses to each prompt, and keeps the one that the run's reward likes best.
 *
 * @throws ConfigError for an n below 1 @throws RewardError if a reward of the caller's own fails
 */
export function writeBest(
  run: LanguageTraining,
  task: LanguageTask,
  prompts: readonly string[],
  { n, model = run.model, ...how }: BestOptions,
  rng: Generator,
): BestWritten {
  const klBound = bestOfBound(n);
  const repeated = prompts.flatMap((prompt) => Array.from({ length: n }, () => prompt));
  const written = model.write(repeated, how, rng);
  const rewards = run.score(written);
  const all = written.map((one, i): Chosen => ({ ...one, reward: rewards[i], gold: task.gold(one) }));
  const chosen = Array.from(bestPlaces(rewards, n), (place) => all[place]);
  const mean = (list: readonly Chosen[], of: (one: Chosen) => number): number =>
    list.reduce((sum, one) => sum + of(one), 0) / list.length;
  const both = (of: (one: Chosen) => number) => ({ all: mean(all, of), best: mean(chosen, of) });
  return { chosen, reward: both(({ reward }) => reward), gold: both(({ gold }) => gold), klBound };
}
