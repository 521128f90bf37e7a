/** Training in parts: a run is made with the whole budget, pauses at a rung, and goes on from there if it is chosen to. */

import type { RunOutcome } from "../outcome.js";
import { type Score, scoreOf } from "./score.js";

/** The shares of the budget at which points are compared. */
export const RUNGS: readonly number[] = [1 / 9, 1 / 3, 1];
/** The same in ninths, whose sums are exact in any order. */
const NINTHS: readonly number[] = [1, 3, 9];
export const LAST: number = RUNGS.length - 1;

/** The training of a point with a seed from one rung to the next. */
export interface Leg {
  readonly point: number;
  readonly stream: "tuning" | "fresh";
  /** The number of the seed in its stream. */
  readonly seed: number;
  /** The rung where it ends. */
  readonly rung: number;
}

/** A leg that is done. */
export interface LegDone extends Leg, Score {
  /** How the run stood: "stopped" at the end of a leg that is not its last. */
  readonly end: RunOutcome["end"];
}

export function legDone(leg: Leg, outcome: RunOutcome): LegDone {
  return { ...leg, ...scoreOf(outcome), end: outcome.end };
}

/** The legs that are done. */
export class Done {
  private readonly byName = new Map<string, LegDone>();

  constructor(legs: Iterable<LegDone> = []) {
    for (const leg of legs) this.add(leg);
  }

  /** A run that has diverged or failed trains no further, so its later legs are done too, with the same score. */
  add(leg: LegDone): void {
    const over = leg.end === "diverged" || leg.end === "failed";
    for (let rung = leg.rung; rung <= (over ? LAST : leg.rung); rung++)
      this.byName.set(nameOf({ ...leg, rung }), { ...leg, rung });
  }

  get(leg: Leg): LegDone | undefined {
    return this.byName.get(nameOf(leg));
  }

  has(leg: Leg): boolean {
    return this.byName.has(nameOf(leg));
  }

  /** Whether the run stands where this leg begins. */
  ready(leg: Leg): boolean {
    return leg.rung === FIRST[leg.stream](leg.seed) || this.has({ ...leg, rung: leg.rung - 1 });
  }

  [Symbol.iterator](): Iterator<LegDone> {
    return this.byName.values();
  }
}

/** Only the first tuning seed pauses at every rung. The others train to the end at once. */
const FIRST = {
  tuning: (seed: number): number => (seed === 0 ? 0 : LAST),
  fresh: (): number => LAST,
};

/** Runs of the whole budget that these legs are worth. */
export function costSoFar(legs: Iterable<Leg>): number {
  let ninths = 0;
  for (const { stream, seed, rung } of legs)
    ninths += NINTHS[rung] - (rung === FIRST[stream](seed) ? 0 : NINTHS[rung - 1]);
  return ninths / 9;
}

/** A text that no other leg has. */
export function nameOf({ point, stream, seed, rung }: Leg): string {
  return `${point} ${stream} ${seed} ${rung}`;
}
