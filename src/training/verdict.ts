/** Judges a run in words. */

import { type Budget, nearestLimit } from "./budget.js";
import { type Progress, SHORT_WINDOW, WINDOW } from "./progress.js";
import { thousands } from "./thousands.js";
import type { Verdict } from "./types.js";
import { EPISODES, type Words } from "./words.js";

/** What a verdict is about. */
export interface Judged {
  readonly budget: Budget;
  /** Steps that the run has learned from. */
  readonly steps: number;
  /** Why its settings leave no gradient, if they do. */
  readonly noGradient?: string | undefined;
  /** What episodes and steps are called. Default: just so. */
  readonly words?: Words | undefined;
}

/** The verdict on a run. */
export function verdictOf(progress: Progress, { budget, steps, noGradient, words = EPISODES }: Judged): Verdict {
  const { episodes, solvedAtEpisode, collapsedSince } = progress;
  const because = noGradient === undefined ? "" : ` ${noGradient}.`;
  if (episodes === 0) return { kind: "unfinished", text: `No ${words.episode} is complete yet.${because}` };
  if (collapsedSince !== null) return { kind: "collapsed", text: collapse(progress, collapsedSince, words) };
  if (solvedAtEpisode !== null) return { kind: "solved", text: solved(progress, solvedAtEpisode, words) };
  const averages = `${averageOf(progress, words)}${mark(progress, words)}`;
  if (progress.unmoved) {
    const reason = because || " All its advantages were 0, as where every return is the same.";
    const text = `No gradient in ${episodes} ${words.episode}s, so nothing was learned: ${averages}.${reason}`;
    return { kind: "no-gradient", text };
  }
  if (progress.rising())
    return { kind: "improving", text: `Still improving after ${episodes} ${words.episode}s: ${averages}.${because}` };
  const { counts, done, of, share } = nearestLimit(budget, { episodes, steps });
  if (share < 1) {
    const where =
      counts === "steps"
        ? `after ${thousands(done)} of ${thousands(of)} ${words.step}s`
        : `at ${words.episode} ${done} of ${of}`;
    return { kind: "unfinished", text: `Stopped ${where}: ${averages}.${because}` };
  }
  if (episodes < 2 * SHORT_WINDOW)
    return { kind: "unfinished", text: `${episodes} ${words.episode}s are too few to tell: ${averages}.${because}` };
  const best = `, the best ${SHORT_WINDOW} in a row ${round(progress.bestShortAverage)}`;
  const stuck = progress.deterministic() ? ` The policy hardly explores any more: ${entropyOf(progress)}.` : "";
  const still = progress.still >= SHORT_WINDOW ? ` The last ${progress.still} ${words.episode}s gave no gradient.` : "";
  const text = `No longer improving after ${episodes} ${words.episode}s: ${averageOf(progress, words)}${best}${mark(progress, words)}.`;
  return { kind: "stalled", text: `${text}${stuck}${still}${because}` };
}

function averageOf({ episodes, average, threshold }: Progress, { episode }: Words): string {
  return `the last ${Math.min(WINDOW, episodes)} ${episode}s average ${round(average, threshold)}`;
}

/** What is missing from a run that is not solved. */
function mark({ episodes, average, shortAverage, threshold }: Progress, { episode }: Words): string {
  if (threshold === undefined) return "";
  if (average < threshold) return `; ${round(threshold)} would count as solved`;
  if (episodes < WINDOW) return `; ${round(threshold)} over ${WINDOW} ${episode}s would count as solved`;
  const lately = `the last ${SHORT_WINDOW} only ${round(shortAverage, threshold)}`;
  return `, ${lately}; ${round(threshold)} over both would count as solved`;
}

function solved(progress: Progress, episode: number, words: Words): string {
  const { average, threshold = average } = progress;
  if (progress.worse())
    return `Solved at ${words.episode} ${episode}; since then it got worse: ${averageOf(progress, words)}.`;
  if (average >= threshold) return `Solved at ${words.episode} ${episode}: ${averageOf(progress, words)}.`;
  return `Solved at ${words.episode} ${episode}; since then ${averageOf(progress, words)}, just below the mark of ${round(threshold)}.`;
}

function collapse(progress: Progress, since: number, { episode }: Words): string {
  const { solvedAtEpisode, shortAverage, bestShortAverage } = progress;
  const before = solvedAtEpisode === null ? "C" : `Solved at ${episode} ${solvedAtEpisode}, then c`;
  const now = `the last ${SHORT_WINDOW} ${episode}s average ${round(shortAverage)}`;
  const best = `the best ${SHORT_WINDOW} in a row ${round(bestShortAverage)}`;
  const advice = "A smaller learning rate or a gradient limit helps.";
  return `${before}ollapsed by ${episode} ${since}: ${entropyOf(progress)}, ${now}, ${best}. ${advice}`;
}

function entropyOf({ entropy }: Progress): string {
  return `entropy ${entropy.toFixed(2)} nats`;
}

/** Digits after the point that a figure may need to be told from the threshold. */
const MOST_DIGITS = 9;

/** A short form of a number. It lies on the same side of `threshold` as the number itself. */
function round(value: number, threshold = value): string {
  let digits = Math.abs(value) < 10 ? 2 : 1;
  while (digits < MOST_DIGITS && Number(value.toFixed(digits)) < threshold !== value < threshold) digits++;
  return String(Number(value.toFixed(digits)));
}
