/** How a run is going, from the returns of its episodes: running averages, and a verdict in words. */

import type { Verdict } from "./training.js";

/** Episodes that an average is taken over, as Gymnasium counts `solved`. */
export const WINDOW = 100;
/** Episodes that say how good the policy is now: fewer, so that it is still the same policy. */
export const SHORT_WINDOW = 20;

export interface ProgressState {
  readonly episodes: number;
  /** The last 200 returns. */
  readonly recent: readonly number[];
  /** Mean of the first episodes: what an untrained policy earns. */
  readonly startAverage: number | null;
  readonly bestShortAverage: number | null;
  readonly bestEpisode: number | null;
  readonly solvedAtEpisode: number | null;
  readonly startEntropy: number | null;
  readonly lastEntropy: number | null;
}

export class Progress {
  private state: ProgressState;
  private readonly threshold: number | undefined;

  constructor(threshold: number | undefined, state?: ProgressState) {
    this.threshold = threshold;
    this.state = state ?? {
      ...{ episodes: 0, recent: [], startAverage: null, bestShortAverage: null, bestEpisode: null },
      ...{ solvedAtEpisode: null, startEntropy: null, lastEntropy: null },
    };
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
      if (solvedAtEpisode === null && this.threshold !== undefined && episodes >= WINDOW && average >= this.threshold)
        solvedAtEpisode = episodes;
    }
    const short = meanOf(recent.slice(-SHORT_WINDOW));
    if (episodes >= SHORT_WINDOW && short > (bestShortAverage ?? -Infinity)) {
      bestShortAverage = short;
      improved = true;
    }
    this.state = { ...this.state, episodes, recent, startAverage, bestShortAverage, bestEpisode, solvedAtEpisode };
    return improved;
  }

  /** Takes in the entropy that the policy had before an update. */
  learned(entropy: number): void {
    this.state = { ...this.state, startEntropy: this.state.startEntropy ?? entropy, lastEntropy: entropy };
  }

  verdict(budget: number): Verdict {
    const { episodes, solvedAtEpisode } = this.state;
    if (this.collapsed()) return { kind: "collapsed", text: this.collapseText() };
    const averages = `the last ${Math.min(WINDOW, episodes)} episodes average ${round(this.average)}`;
    if (solvedAtEpisode !== null) {
      const still = solvedAtEpisode === episodes || this.average >= (this.threshold as number);
      return {
        kind: "solved",
        text: `Solved at episode ${solvedAtEpisode}${still ? `: ${averages}` : `; since then it got worse: ${averages}`}.`,
      };
    }
    if (episodes === 0) return { kind: "unfinished", text: "No episode is complete yet." };
    const rising = this.rising();
    const mark = this.threshold === undefined ? "" : `, ${round(this.threshold)} would count as solved`;
    if (rising) return { kind: "improving", text: `Still improving after ${episodes} episodes: ${averages}${mark}.` };
    if (episodes < budget)
      return { kind: "unfinished", text: `Stopped at episode ${episodes} of ${budget}: ${averages}${mark}.` };
    return { kind: "stalled", text: `Not solved in ${episodes} episodes and no longer improving: ${averages}${mark}.` };
  }

  /** Entropy all but gone while returns have fallen back to (or never left) what an untrained policy earns. */
  private collapsed(): boolean {
    const { episodes, recent, startAverage, bestShortAverage, startEntropy, lastEntropy } = this.state;
    if (
      episodes < 2 * SHORT_WINDOW ||
      startAverage === null ||
      bestShortAverage === null ||
      startEntropy === null ||
      lastEntropy === null
    )
      return false;
    const short = meanOf(recent.slice(-SHORT_WINDOW));
    const climbed = bestShortAverage - startAverage;
    const fellBack = climbed > 0 ? short <= startAverage + 0.1 * climbed : short <= startAverage;
    const gone = startEntropy > 0 ? lastEntropy < 0.1 * startEntropy : lastEntropy < startEntropy - 3;
    return fellBack && gone;
  }

  private collapseText(): string {
    const { recent, bestShortAverage, lastEntropy, episodes } = this.state;
    return (
      `Collapsed: entropy ${round(lastEntropy as number)} nats, the last ${SHORT_WINDOW} episodes average ${round(meanOf(recent.slice(-SHORT_WINDOW)))}` +
      ` (best ${SHORT_WINDOW}: ${round(bestShortAverage as number)}) after ${episodes} episodes. A smaller learning rate or a gradient limit helps.`
    );
  }

  private rising(): boolean {
    const { recent, startAverage, bestShortAverage } = this.state;
    if (recent.length < 2 * SHORT_WINDOW || startAverage === null || bestShortAverage === null) return false;
    const half = Math.floor(recent.length / 2);
    const gain = meanOf(recent.slice(half)) - meanOf(recent.slice(0, half));
    return gain > 0.05 * (bestShortAverage - startAverage);
  }
}

function meanOf(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}

function round(value: number): string {
  return String(Number(value.toFixed(Math.abs(value) < 10 ? 3 : 1)));
}
