/** Judges a run by the returns of its episodes: running averages, and a verdict in words. */

import { type Budget, nearestLimit } from "./budget.js";
import type { Verdict } from "./types.js";

/** The number of episodes in an average, as in Gymnasium's definition of solved. */
const WINDOW = 100;
/** The number of episodes that measure the current policy: few, so that the policy hardly changes within them. */
const SHORT_WINDOW = 20;

/** The least progress that counts, as a fraction of the distance from the untrained policy's average to the goal. */
const STEP = 0.05;

export interface ProgressState {
  readonly episodes: number;
  /** The last 200 returns. */
  readonly recent: readonly number[];
  /** Mean return of the first 20 episodes: about that of an untrained policy. */
  readonly startAverage: number | null;
  readonly bestShortAverage: number | null;
  readonly bestEpisode: number | null;
  readonly solvedAtEpisode: number | null;
  readonly startEntropy: number | null;
  readonly lastEntropy: number | null;
  /** The episode since which the policy has been almost deterministic, or null. */
  readonly deterministicSince: number | null;
  /** The episode since which the policy has counted as collapsed, or null. */
  readonly collapsedSince: number | null;
}

const START: ProgressState = {
  episodes: 0,
  recent: [],
  startAverage: null,
  bestShortAverage: null,
  bestEpisode: null,
  solvedAtEpisode: null,
  startEntropy: null,
  lastEntropy: null,
  deterministicSince: null,
  collapsedSince: null,
};

export class Progress {
  private state: ProgressState;
  private readonly threshold: number | undefined;
  private readonly dimensions: number;

  /**
   * @param threshold the average that counts as solved, if any
   * @param dimensions of a continuous action; 0 for discrete actions
   * @throws RangeError if `state` was not made by `snapshot`
   */
  constructor(threshold: number | undefined, dimensions: number, state: ProgressState = START) {
    for (const [name, value] of Object.entries(START)) {
      const given = state[name as keyof ProgressState];
      const numbers = Array.isArray(value)
        ? Array.isArray(given) && given.every(Number.isFinite)
        : Number.isFinite(given);
      if (!numbers && !(value === null && given === null)) throw new RangeError(`progress.${name} can't be ${given}`);
    }
    const { collapsedSince, bestShortAverage, lastEntropy } = state;
    if (collapsedSince !== null && (bestShortAverage === null || lastEntropy === null))
      throw new RangeError(
        `progress.collapsedSince can't be ${collapsedSince} before there is a best average and an entropy`,
      );
    this.threshold = threshold;
    this.dimensions = dimensions;
    this.state = state;
  }

  snapshot(): ProgressState {
    return this.state;
  }

  get episodes(): number {
    return this.state.episodes;
  }
  get solvedAtEpisode(): number | null {
    return this.state.solvedAtEpisode;
  }
  get bestEpisode(): number | null {
    return this.state.bestEpisode;
  }

  /** Mean return of the last 100 episodes; NaN before the first. */
  get average(): number {
    return meanOf(this.state.recent.slice(-WINDOW));
  }

  /** Adds the episodes of one update. Returns whether the average of the last 20 is the best so far. */
  add(returns: readonly number[]): boolean {
    let { episodes, recent, startAverage, bestShortAverage, bestEpisode, solvedAtEpisode } = this.state;
    let improved = false;
    for (const value of returns) {
      episodes++;
      recent = [...recent.slice(1 - 2 * WINDOW), value];
      bestEpisode = Math.max(bestEpisode ?? -Infinity, value);
      if (episodes === SHORT_WINDOW) startAverage = meanOf(recent);
      const average = meanOf(recent.slice(-WINDOW));
      if (episodes >= WINDOW && average >= (this.threshold ?? Infinity)) solvedAtEpisode ??= episodes;
    }
    const short = meanOf(recent.slice(-SHORT_WINDOW));
    if (episodes >= SHORT_WINDOW && short > (bestShortAverage ?? -Infinity)) {
      bestShortAverage = short;
      improved = true;
    }
    this.state = { ...this.state, episodes, recent, startAverage, bestShortAverage, bestEpisode, solvedAtEpisode };
    return improved;
  }

  /** Adds the entropy, in nats, of the policy that played the latest episodes. */
  learned(entropy: number): void {
    const { episodes, startEntropy } = this.state;
    const lasting = (since: number | null, now: boolean): number | null => (now ? (since ?? episodes) : null);
    this.state = { ...this.state, startEntropy: startEntropy ?? entropy, lastEntropy: entropy };
    const deterministicSince = lasting(this.state.deterministicSince, this.deterministic());
    this.state = { ...this.state, deterministicSince };
    this.state = { ...this.state, collapsedSince: lasting(this.state.collapsedSince, this.collapsed()) };
  }

  /** The verdict after `steps` steps. */
  verdict(budget: Budget, steps: number): Verdict {
    const { episodes, solvedAtEpisode, collapsedSince, bestShortAverage } = this.state;
    if (episodes === 0) return { kind: "unfinished", text: "No episode is complete yet." };
    if (collapsedSince !== null) return { kind: "collapsed", text: this.collapse(collapsedSince) };
    const averages = `the last ${Math.min(WINDOW, episodes)} episodes average ${round(this.average)}`;
    if (solvedAtEpisode !== null) {
      const after = this.worse() ? "; since then it got worse: " : ": ";
      return { kind: "solved", text: `Solved at episode ${solvedAtEpisode}${after}${averages}.` };
    }
    const mark = this.threshold === undefined ? "" : `; ${round(this.threshold)} would count as solved`;
    if (this.rising())
      return { kind: "improving", text: `Still improving after ${episodes} episodes: ${averages}${mark}.` };
    const { counts, done, of, share } = nearestLimit(budget, { episodes, steps });
    if (share < 1) {
      const where =
        counts === "steps" ? `after ${thousands(done)} of ${thousands(of)} steps` : `at episode ${done} of ${of}`;
      return { kind: "unfinished", text: `Stopped ${where}: ${averages}${mark}.` };
    }
    if (episodes < 2 * SHORT_WINDOW)
      return { kind: "unfinished", text: `${episodes} episodes are too few to tell: ${averages}${mark}.` };
    const best = `, the best ${SHORT_WINDOW} in a row ${round(bestShortAverage as number)}`;
    const stuck = this.deterministic() ? ` The policy hardly explores any more: ${this.entropy()}.` : "";
    return {
      kind: "stalled",
      text: `No longer improving after ${episodes} episodes: ${averages}${best}${mark}.${stuck}`,
    };
  }

  /** Whether little randomness is left: a tenth of the first entropy, or for continuous actions a twentieth of σ. */
  private deterministic(): boolean {
    const { startEntropy, lastEntropy } = this.state;
    if (startEntropy === null || lastEntropy === null) return false;
    if (this.dimensions > 0) return lastEntropy < startEntropy - 3 * this.dimensions;
    return startEntropy > 0 && lastEntropy < 0.1 * startEntropy;
  }

  /** Whether the policy is deterministic, and has been no better than an untrained one since it became so. */
  private collapsed(): boolean {
    const { episodes, recent, startAverage, bestShortAverage, deterministicSince } = this.state;
    if (episodes < 2 * SHORT_WINDOW || startAverage === null || deterministicSince === null) return false;
    const goal = Math.max(startAverage, this.threshold ?? (bestShortAverage as number));
    const lasted = Math.min(WINDOW, Math.max(SHORT_WINDOW, episodes - deterministicSince));
    return meanOf(recent.slice(-lasted)) <= startAverage + STEP * (goal - startAverage);
  }

  private collapse(since: number): string {
    const { recent, bestShortAverage, solvedAtEpisode } = this.state;
    const now = `the last ${SHORT_WINDOW} episodes average ${round(meanOf(recent.slice(-SHORT_WINDOW)))}`;
    const before = solvedAtEpisode === null ? "" : `Solved at episode ${solvedAtEpisode}, then c`;
    const best = `, the best ${SHORT_WINDOW} in a row ${round(bestShortAverage as number)}`;
    const advice = "A smaller learning rate or a gradient limit helps.";
    return `${before || "C"}ollapsed by episode ${since}: ${this.entropy()}, ${now}${best}. ${advice}`;
  }

  private entropy(): string {
    return `entropy ${(this.state.lastEntropy as number).toFixed(2)} nats`;
  }

  /** Whether the average is clearly below the best one. */
  private worse(): boolean {
    const { startAverage } = this.state;
    const threshold = this.threshold as number;
    return this.average < threshold - STEP * Math.abs(threshold - (startAverage as number));
  }

  /** Whether the later half of the last 200 returns is better than the earlier half, beyond chance and by a relevant amount. */
  private rising(): boolean {
    const { recent, startAverage, bestShortAverage } = this.state;
    if (recent.length < 2 * SHORT_WINDOW) return false;
    const half = Math.floor(recent.length / 2);
    const earlier = recent.slice(0, half);
    const later = recent.slice(half);
    const gain = meanOf(later) - meanOf(earlier);
    const chance = Math.sqrt(varianceOf(earlier) / earlier.length + varianceOf(later) / later.length);
    return gain > 2 * chance && gain > STEP * ((bestShortAverage as number) - (startAverage as number));
  }
}

function meanOf(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) * (value - mean)));
}

/** `51,200`. */
function thousands(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ",");
}

function round(value: number): string {
  return String(Number(value.toFixed(Math.abs(value) < 10 ? 2 : 1)));
}
