/** What responses are worth: any function of their text, at once or later, as one number or in named parts. */

import { show } from "../../errors.js";
import type { Sample } from "../tasks/task.js";
import { RewardError } from "./reward-error.js";

/** A score, or the parts that it is the sum of, by name. */
export type Score = number | Readonly<Record<string, number>>;

/** A reward of one's own. It may look at anything, also away from this process. */
export type Reward = (sample: Sample) => Score | Promise<Score>;

/** Scores of some responses, and the means of their parts where they have any. */
export interface Scores {
  readonly totals: Float64Array;
  readonly parts: Readonly<Record<string, number>>;
}

/** Milliseconds. A timer that is set for longer rings at once. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** What a run tells of responses itself. */
const TAKEN = ["gold", "valid", "ended"];

/** The scores that a reward gives at once. @throws RewardError if it gives a promise, throws, or gives no finite number */
export function scoresNow(reward: Reward, samples: readonly Sample[]): Scores {
  return summed(
    samples.map((sample, i) => {
      const score = asked(reward, sample, i);
      if (!(score instanceof Promise)) return score;
      score.catch(() => {});
      throw new RewardError(i, sample, "gave a promise: iterate with `for await`, or call advanceAsync");
    }),
    samples,
  );
}

/** The same for rewards that take their time, all side by side. @throws RewardError also if one takes longer than the limit */
export async function scoresLater(reward: Reward, samples: readonly Sample[], seconds: number): Promise<Scores> {
  const waiting = samples.map(async (sample, i) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, fail) => {
      const tooLate = (): void => fail(new RewardError(i, sample, `took longer than ${seconds} s (rewardSeconds)`));
      if (seconds * 1000 <= LONGEST_TIMER) timer = setTimeout(tooLate, seconds * 1000);
    });
    try {
      return await Promise.race([failing(asked(reward, sample, i), i, sample), late]);
    } finally {
      clearTimeout(timer);
    }
  });
  return summed(await Promise.all(waiting), samples);
}

function asked(reward: Reward, sample: Sample, i: number): Score | Promise<Score> {
  try {
    return reward(sample);
  } catch (error) {
    throw new RewardError(i, sample, `threw ${error}`, { cause: error });
  }
}

async function failing(score: Score | Promise<Score>, i: number, sample: Sample): Promise<Score> {
  try {
    return await score;
  } catch (error) {
    throw new RewardError(i, sample, `failed with ${error}`, { cause: error });
  }
}

function summed(scores: readonly Score[], samples: readonly Sample[]): Scores {
  const parts = new Map<string, number>();
  const totals = Float64Array.from(scores, (score, i) => {
    const named = typeof score === "object" && score !== null ? Object.entries(score) : [];
    const taken = named.find(([name]) => TAKEN.includes(name));
    if (taken !== undefined)
      throw new RewardError(
        i,
        samples[i],
        `has a part named ${taken[0]}, which is what the run calls a figure of its own`,
      );
    for (const [name, value] of named) parts.set(name, (parts.get(name) ?? 0) + value / scores.length);
    const total = named.length === 0 ? score : named.reduce((sum, [, value]) => sum + value, 0);
    if (typeof total !== "number" || !Number.isFinite(total))
      throw new RewardError(
        i,
        samples[i],
        `gave ${show(score)}, where a finite number, or such numbers by name, is needed`,
      );
    return total;
  });
  return { totals, parts: Object.fromEntries(parts) };
}
