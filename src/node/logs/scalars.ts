/** The values of an update under the names that Stable-Baselines3's logger gives them. `docs/runs.md` has the table. */

import { flagName } from "../../report/flag-text.js";
import { WINDOW } from "../../training/progress.js";
import type { Update } from "../../training/types.js";
import type { RunEvaluation } from "../evaluation-log.js";

/** A name and its value; undefined before the first episode has ended. */
export type NamedValue = readonly [name: string, value: number | undefined];

/** Diagnostics whose name is another one there; the others have their own. */
const RENAMED = new Map([
  ["entropy", "entropy_loss"],
  ["klK3", "approx_kl"],
]);

/** The least time that a speed is computed from, in seconds. */
const LEAST_SECONDS = 1e-3;

/** Where the values of a run begin: anew, or after the update that a resumed run has reached. */
export interface Beginning {
  /** The steps done so far. */
  readonly steps: number;
  /** The lengths of the last episodes, as many as count. */
  readonly lengths: readonly number[];
}

export class Scalars {
  private readonly clock: () => number;
  private readonly began: number;
  private readonly stepsBefore: number;
  /** The lengths of the last 100 episodes. */
  private lengths: readonly number[];

  /** `clock` in milliseconds. */
  constructor({ steps, lengths }: Beginning, clock: () => number) {
    this.clock = clock;
    this.began = clock();
    this.stepsBefore = steps;
    this.lengths = lengths;
  }

  of({ update, steps, lengths, averageReturn, info, diagnostics }: Update): NamedValue[] {
    this.lengths = [...this.lengths, ...lengths].slice(-WINDOW);
    const seconds = (this.clock() - this.began) / 1000;
    const ended = this.lengths.length > 0;
    return [
      ["time/iterations", update],
      ["time/total_timesteps", steps],
      ["time/time_elapsed", seconds],
      ["time/fps", Math.floor((steps - this.stepsBefore) / Math.max(seconds, LEAST_SECONDS))],
      ["rollout/ep_rew_mean", ended ? averageReturn : undefined],
      ["rollout/ep_len_mean", ended ? meanOf(this.lengths) : undefined],
      ...Object.entries(diagnostics).map(diagnostic),
      ...Object.entries(info).map(([name, value]): NamedValue => [`rollout/info_${name}`, value]),
    ];
  }
}

/** The values of an evaluation. */
export function evaluationScalars({ mean, lengths }: RunEvaluation): (readonly [name: string, value: number])[] {
  return [
    ["eval/mean_reward", mean],
    ["eval/mean_ep_length", meanOf(lengths)],
  ];
}

/** Stable-Baselines3 logs the entropy as a loss, so with the other sign. */
function diagnostic([name, value]: readonly [string, number]): NamedValue {
  const shown = RENAMED.get(name) ?? flagName(name).replaceAll("-", "_");
  return [`train/${shown}`, name === "entropy" ? 0 - value : value];
}

function meanOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
