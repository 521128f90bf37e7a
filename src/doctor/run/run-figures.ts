/** A log of updates, taken one by one, as the figures that findings are made from. */

import { flatSize, type Space } from "../../spaces/index.js";
import { nearestLimit } from "../../training/budget.js";
import { ROUNDING } from "../../training/gradient.js";
import { Progress, SHORT_WINDOW, varianceOf } from "../../training/progress.js";
import type { RunRecord } from "../../training/run-record.js";
import type { ResolvedConfig, Update } from "../../training/types.js";

/** What is known of a run. `run.config` and `run.rewardThreshold` of a `Training`, and the updates that it yielded. */
export interface RunFacts {
  readonly config: ResolvedConfig;
  readonly updates: Iterable<Update>;
  readonly actionSpace: Space<unknown>;
  /** The average return that counts as solved, if the environment has one. */
  readonly rewardThreshold?: number | undefined;
  /** The modules that register its environment or algorithm, for the commands in `tryNext`. */
  readonly imports?: RunRecord["imports"] | undefined;
}

/** Updates in a window whose median counts. */
export const WINDOW_UPDATES = 10;

/** The figures of a run. */
export class RunFigures {
  readonly facts: RunFacts;
  readonly progress: Progress;
  /** The dimensions of a continuous action; 0 for discrete actions. */
  readonly dimensions: number;
  /** The episodes played at the end of each update. */
  readonly episodes: number[] = [];
  /** The lengths of the last 100 episodes. */
  readonly lastLengths: number[] = [];
  steps = 0;
  /** The episode at which the best average over 20 episodes was reached. */
  bestAt = 0;
  /** Smallest and largest return. */
  lowest: number = Number.POSITIVE_INFINITY;
  largest: number = Number.NEGATIVE_INFINITY;
  private readonly byName = new Map<string, number[]>();

  constructor(facts: RunFacts) {
    const { actionSpace, rewardThreshold, updates } = facts;
    this.facts = facts;
    this.dimensions = actionSpace.kind === "box" ? flatSize(actionSpace) : 0;
    this.progress = new Progress(rewardThreshold, this.dimensions);
    for (const update of updates) this.add(update);
  }

  get config(): ResolvedConfig {
    return this.facts.config;
  }

  get imports(): RunFacts["imports"] {
    return this.facts.imports;
  }

  get updates(): number {
    return this.episodes.length;
  }

  /** Whether the environment was solved at some point. */
  get solved(): boolean {
    return this.progress.solvedAtEpisode !== null;
  }

  /** Whether the budget is used up. */
  get complete(): boolean {
    return this.share >= 1;
  }

  /** The share of the budget that is used up. */
  get share(): number {
    const { progress, steps, config } = this;
    return nearestLimit(config, { episodes: progress.episodes, steps }).share;
  }

  /** The standard error of an average over 20 episodes, from the spread of the last ones. */
  get errorOfAverage(): number {
    return Math.sqrt(varianceOf(this.progress.snapshot().recent) / SHORT_WINDOW);
  }

  /** The values of a diagnostic, one an update; empty if the algorithm does not report it. */
  values(name: string): readonly number[] {
    return this.byName.get(name) ?? [];
  }

  /** `update 7 (episode 120)`, for the index of an update. */
  place(index: number): string {
    return `update ${index + 1} (episode ${this.episodes[index]})`;
  }

  /** Takes the next update. */
  add({ returns, lengths, episodes, steps, diagnostics }: Update): void {
    if (this.progress.add(returns)) this.bestAt = episodes;
    this.progress.learned(diagnostics.entropy, Math.abs(diagnostics.gradientNorm) > ROUNDING);
    this.episodes.push(episodes);
    this.steps = steps;
    for (const value of returns) {
      this.lowest = Math.min(this.lowest, value);
      this.largest = Math.max(this.largest, value);
    }
    this.lastLengths.push(...lengths.slice(-100));
    this.lastLengths.splice(0, Math.max(0, this.lastLengths.length - 100));
    for (const [name, value] of Object.entries(diagnostics)) {
      const values = this.byName.get(name) ?? [];
      if (values.length === 0) this.byName.set(name, values);
      values.push(value);
    }
  }
}

/** The time limit of a run's environment, if it has one. */
export function timeLimitOf({ config }: RunFigures): number | undefined {
  const { maxEpisodeSteps } = config.envOptions;
  return typeof maxEpisodeSteps === "number" && maxEpisodeSteps > 0 ? maxEpisodeSteps : undefined;
}
