/** How a run is going, from the returns of its episodes: running averages, and a verdict in words. */

import { type Budget, nearestLimit } from "./budget.js";
import type { Verdict } from "./types.js";

/** Episodes that an average is taken over, as Gymnasium counts `solved`. */
const WINDOW = 100;
/** Episodes that say how good the policy is now: fewer, so that it is still the same policy. */
const SHORT_WINDOW = 20;

/** What an average must exceed, as a share of the way from the untrained policy to the goal, to count as progress. */
const STEP = 0.05;

export interface ProgressState {
  readonly episodes: number;
  /** The last 200 returns. */
  readonly recent: readonly number[];
  /** Mean of the first 20 episodes: about what an untrained policy earns. */
  readonly startAverage: number | null;
  readonly bestShortAverage: number | null;
  readonly bestEpisode: number | null;
  readonly solvedAtEpisode: number | null;
  readonly startEntropy: number | null;
  readonly lastEntropy: number | null;
  /** Since when the policy has been all but deterministic, if it is. */
  readonly deterministicSince: number | null;
  /** Since when it has counted as collapsed, if it does. */
  readonly collapsedSince: number | null;
}

const START: ProgressState = {
  ...{ episodes: 0, recent: [], startAverage: null, bestShortAverage: null, bestEpisode: null, solvedAtEpisode: null },
  ...{ startEntropy: null, lastEntropy: null, deterministicSince: null, collapsedSince: null },
};

export class Progress {
  private state: ProgressState;
  private readonly threshold: number | undefined;
  private readonly dimensions: number;

  /**
   * @param threshold the average that counts as solved, if there is one
   * @param dimensions of a continuous action; 0 for discrete actions
   * @throws RangeError where `state` is not one that `snapshot` gave
   */
  constructor(threshold: number | undefined, dimensions: number, state: ProgressState = START) {
    for (const [name, value] of Object.entries(START)) {
      const given = state[name as keyof ProgressState];
      const numbers = Array.isArray(value)
        ? Array.isArray(given) && given.every(Number.isFinite)
        : Number.isFinite(given);
      if (!numbers && !(value === null && given === null)) throw new RangeError(`progress.${name} can't be ${given}`);
    }
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

  /** Takes in the episodes of one update; true where the last 20 averaged more than ever before. */
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

  /** Takes in the entropy, in nats, of the policy that played the episodes last added. */
  learned(entropy: number): void {
    const { episodes, startEntropy } = this.state;
    const lasting = (since: number | null, now: boolean): number | null => (now ? (since ?? episodes) : null);
    this.state = { ...this.state, startEntropy: startEntropy ?? entropy, lastEntropy: entropy };
    const deterministicSince = lasting(this.state.deterministicSince, this.deterministic());
    this.state = { ...this.state, deterministicSince };
    this.state = { ...this.state, collapsedSince: lasting(this.state.collapsedSince, this.collapsed()) };
  }

  /** How the run stands, `steps` steps into its budget. */
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

  /** Chance is all but gone: a tenth of the first entropy for discrete actions, σ down to a twentieth for continuous ones. */
  private deterministic(): boolean {
    const { startEntropy, lastEntropy } = this.state;
    if (startEntropy === null || lastEntropy === null) return false;
    if (this.dimensions > 0) return lastEntropy < startEntropy - 3 * this.dimensions;
    return startEntropy > 0 && lastEntropy < 0.1 * startEntropy;
  }

  /** Deterministic, and no better than an untrained policy for as long as it has been. */
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

  /** Clearly below the mark that was reached once. */
  private worse(): boolean {
    const { startAverage } = this.state;
    const threshold = this.threshold as number;
    return this.average < threshold - STEP * Math.abs(threshold - (startAverage as number));
  }

  /** The later half of the last 200 returns is better than the earlier one: by more than chance, and by enough to matter. */
  private rising(): boolean {
    const { recent, startAverage, bestShortAverage } = this.state;
    if (recent.length < 2 * SHORT_WINDOW) return false;
    const half = Math.floor(recent.length / 2);
    const [earlier, later] = [recent.slice(0, half), recent.slice(half)];
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
