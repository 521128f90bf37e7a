/** Follows a run by the returns of its episodes: running averages, and what they say about it. */

import type { Policy } from "../policies/policy.js";

/** The number of episodes in an average, as in Gymnasium's definition of solved. */
export const WINDOW = 100;
/** The number of episodes that measure the current policy: few, so that the policy hardly changes within them. */
export const SHORT_WINDOW = 20;

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
  /** The episodes played when an update last had a gradient, or null if none had one. */
  readonly movedAt: number | null;
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
  movedAt: null,
};

export class Progress {
  readonly threshold: number | undefined;
  private state: ProgressState;
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
    const { collapsedSince, bestShortAverage, lastEntropy, recent } = state;
    if (recent.length !== Math.min(state.episodes, 2 * WINDOW))
      throw new RangeError(`progress.recent can't hold ${recent.length} returns after ${state.episodes} episodes`);
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

  get bestShortAverage(): number {
    return this.state.bestShortAverage ?? Number.NaN;
  }
  get collapsedSince(): number | null {
    return this.state.collapsedSince;
  }
  /** Entropy of the policy at the last update, in nats; NaN before the first. */
  get entropy(): number {
    return this.state.lastEntropy ?? Number.NaN;
  }

  /** Mean return of the last 100 episodes; NaN before the first. */
  get average(): number {
    return meanOfLast(this.state.recent, WINDOW);
  }
  /** Mean return of the last 20 episodes; NaN before the first. */
  get shortAverage(): number {
    return meanOfLast(this.state.recent, SHORT_WINDOW);
  }

  /** Adds the episodes of one update. Returns whether the average of the last 20 is the best so far. */
  add(returns: readonly number[]): boolean {
    let { episodes, startAverage, bestShortAverage, bestEpisode, solvedAtEpisode } = this.state;
    let improved = false;
    const recent = this.state.recent.slice();
    for (const value of returns) {
      episodes++;
      if (recent.length === 2 * WINDOW) recent.shift();
      recent.push(value);
      bestEpisode = Math.max(bestEpisode ?? -Infinity, value);
      if (episodes === SHORT_WINDOW) startAverage = meanOf(recent);
      if (episodes >= WINDOW && this.solves(recent)) solvedAtEpisode ??= episodes;
    }
    const short = meanOfLast(recent, SHORT_WINDOW);
    if (episodes >= SHORT_WINDOW && short > (bestShortAverage ?? -Infinity)) {
      bestShortAverage = short;
      improved = true;
    }
    this.state = { ...this.state, episodes, recent, startAverage, bestShortAverage, bestEpisode, solvedAtEpisode };
    return improved;
  }

  /** Whether the last 100 returns reach the threshold, and the last 20 too: a policy that just got worse solves nothing. */
  private solves(recent: readonly number[]): boolean {
    const threshold = this.threshold ?? Number.POSITIVE_INFINITY;
    return meanOfLast(recent, WINDOW) >= threshold && meanOfLast(recent, SHORT_WINDOW) >= threshold;
  }

  /** Adds an update: the entropy, in nats, of the policy that played the latest episodes, and whether it had a gradient. */
  learned(entropy: number, hadGradient: boolean): void {
    const { episodes, startEntropy, movedAt } = this.state;
    const lasting = (since: number | null, now: boolean): number | null => (now ? (since ?? episodes) : null);
    this.state = {
      ...this.state,
      movedAt: hadGradient ? episodes : movedAt,
      startEntropy: startEntropy ?? entropy,
      lastEntropy: entropy,
    };
    const deterministicSince = lasting(this.state.deterministicSince, this.deterministic());
    this.state = { ...this.state, deterministicSince };
    this.state = { ...this.state, collapsedSince: lasting(this.state.collapsedSince, this.collapsed()) };
  }

  /** Whether little randomness is left: a tenth of the first entropy, or for continuous actions a twentieth of σ. */
  deterministic(): boolean {
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
    return meanOfLast(recent, lasted) <= startAverage + STEP * (goal - startAverage);
  }

  /** Whether there were updates, and none of them had a gradient. */
  get unmoved(): boolean {
    return this.state.startEntropy !== null && this.state.movedAt === null;
  }

  /** Episodes since an update last had a gradient. */
  get still(): number {
    return this.state.episodes - (this.state.movedAt ?? 0);
  }

  /** Whether the average is clearly below the best one. */
  worse(): boolean {
    const { startAverage } = this.state;
    const threshold = this.threshold as number;
    return this.average < threshold - STEP * Math.abs(threshold - (startAverage as number));
  }

  /** Whether the later half of the last 200 returns is better than the earlier half, beyond chance and by a relevant amount. */
  rising(): boolean {
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
  return meanOfLast(values, values.length);
}

/** The mean of the last `count` values, or of all if there are fewer. No values are copied, since every episode asks. */
function meanOfLast(values: readonly number[], count: number): number {
  const start = Math.max(0, values.length - count);
  let total = 0;
  for (let i = start; i < values.length; i++) total += values[i];
  return total / (values.length - start);
}

/** The mean square distance from the mean. */
export function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) * (value - mean)));
}

/** How many continuous numbers an action has: the entropy of those has no lower bound. */
export function continuousDimensions({ head }: Policy): number {
  return head.action.dtype === "float32" ? head.action.shape.reduce((size, length) => size * length, 1) : 0;
}
