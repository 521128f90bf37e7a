/** What a finished study has found. */

import { difference } from "../difference.js";
import { improvementInterval, probabilityOfImprovement } from "../improvement.js";
import { interquartileMean } from "../interquartile-mean.js";
import { rankCorrelation } from "../rank-correlation.js";
import { type Interval, resampledInterval } from "../resampling.js";
import { costSoFar, type Done, LAST, type Leg, type LegDone, RUNGS } from "./legs.js";
import { race } from "./race.js";
import { FRESH_SEEDS, type Progress, type Standing, stageOf } from "./stages.js";

/** A point as its tuning seeds have it, and as fresh ones do. */
export interface Measured {
  readonly point: number;
  /** The interquartile mean of the tuning seeds. It flatters: the point was chosen by it. */
  readonly tuning: number | null;
  readonly tuningSeeds: number;
  /** The interquartile mean of the fresh seeds, with its 95 % interval; null if a run failed or no episode ended. */
  readonly fresh: number | null;
  readonly interval: Interval | null;
  readonly returns: readonly (number | null)[];
}

/** The candidate of a study beside the default settings. */
export interface Findings {
  readonly candidate: Measured;
  readonly usual: Measured;
  /** By the fresh seeds. */
  readonly better: "candidate" | "default";
  /** The candidate less the default, over the fresh seeds; null where one of them has no score. */
  readonly difference: { readonly difference: number; readonly interval: Interval } | null;
  /** The probability that a run of the candidate beats one of the default, with its 95 % interval. */
  readonly improvement: { readonly probability: number; readonly interval: Interval } | null;
  readonly rungs: readonly RungTrust[];
  /** In runs of the whole budget. */
  readonly cost: { readonly search: number; readonly fresh: number };
}

/** How far a rung's order of points was that at the end. */
export interface RungTrust {
  readonly share: number;
  /** Spearman's, of the points that reached the end; null for fewer than 5, or if all did equally well. */
  readonly correlation: number | null;
  readonly points: number;
}

/** Below this, a rung says little of the end. */
export const TRUSTED = 0.3;
const FEWEST = 5;

/** Undefined until the last stage is done. */
export function findingsOf(progress: Progress, done: Done): Findings | undefined {
  const { legs, standings, candidate: chosen } = stageOf(progress, done);
  if (chosen === undefined || legs.length > 0) return undefined;
  const measured = (point: number): Measured =>
    measure(
      standings.find((one) => one.point === point),
      point,
      done,
    );
  const candidate = measured(chosen);
  const usual = measured(0);
  const x = known(candidate.returns);
  const y = known(usual.returns);
  const fresh = [...done].filter(({ stream }) => stream === "fresh");
  const spent = costSoFar(fresh);
  return {
    candidate,
    usual,
    better:
      (candidate.fresh ?? Number.NEGATIVE_INFINITY) > (usual.fresh ?? Number.NEGATIVE_INFINITY)
        ? "candidate"
        : "default",
    difference: x && y ? difference(x, y) : null,
    improvement: x && y ? { probability: probabilityOfImprovement(x, y), interval: improvementInterval(x, y) } : null,
    rungs: RUNGS.slice(0, LAST).map((_, rung) => trustIn(rung, progress, standings, done)),
    cost: { search: costSoFar(done) - spent, fresh: spent },
  };
}

function measure(standing: Standing | undefined, point: number, done: Done): Measured {
  const legs = Array.from({ length: FRESH_SEEDS }, (_, seed): Leg => ({ point, stream: "fresh", seed, rung: LAST }));
  const returns = legs.map((leg) => (done.get(leg) as LegDone).score);
  const scores = known(returns);
  return {
    point,
    tuning: standing?.score ?? null,
    tuningSeeds: standing?.seeds ?? 0,
    fresh: scores && interquartileMean(scores),
    interval: scores && resampledInterval([scores], ([drawn]) => interquartileMean(drawn)),
    returns,
  };
}

function trustIn(rung: number, { points, rounds }: Progress, standings: readonly Standing[], done: Done): RungTrust {
  const ended = [0, ...race(points, rounds, done)[LAST].flat()];
  const pairs = ended.flatMap((point) => {
    const early = done.get({ point, stream: "tuning", seed: 0, rung })?.score;
    const late = standings.find((one) => one.point === point)?.score;
    return typeof early === "number" && typeof late === "number" ? [[early, late]] : [];
  });
  const correlation = rankCorrelation(
    pairs.map(([early]) => early),
    pairs.map(([, late]) => late),
  );
  const counts = pairs.length >= FEWEST && !Number.isNaN(correlation);
  return { share: RUNGS[rung], correlation: counts ? correlation : null, points: pairs.length };
}

function known(values: readonly (number | null)[]): number[] | null {
  const numbers = values.filter((value) => value !== null);
  return numbers.length === values.length ? numbers : null;
}
