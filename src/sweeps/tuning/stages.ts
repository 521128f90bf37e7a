/**
 * What a study trains, stage by stage, as a function of the scores so far:
 *
 * 1. The race, with one seed.
 * 2. What reaches its end, and the default settings, get two seeds more.
 * 3. The best three get five seeds more. The best of them by all eight is the candidate.
 * 4. The candidate and the default settings are measured with ten fresh seeds, with which nothing was chosen.
 */

import { type Done, LAST, type Leg } from "./legs.js";
import { ROUND, race, raceLegs } from "./race.js";
import { byScore, type Score, together } from "./score.js";

/** Seeds of a point at the end of the race, and of a finalist. */
const SEEDS = 3;
const MORE_SEEDS = 8;
export const FINALISTS = 3;
export const FRESH_SEEDS = 10;

export interface Progress {
  /** The points there are, with the default settings. */
  readonly points: number;
  readonly rounds: number;
  /** Whether no further round begins, so that the last two stages can. */
  readonly closed: boolean;
}

/** A point at the end of the race, with its tuning seeds so far. */
export interface Standing extends Score {
  readonly point: number;
  readonly seeds: number;
}

/** The legs that are known to be needed and not done, the most urgent first, and what follows from those that are. */
export interface Stage {
  readonly kind: "race" | "finalists" | "fresh seeds" | "over";
  readonly legs: readonly Leg[];
  /** The points at the end of the race whose seeds are done, the best first. */
  readonly standings: readonly Standing[];
  /** Known when the candidate is. */
  readonly candidate: number | undefined;
}

export function stageOf({ points, rounds, closed }: Progress, done: Done): Stage {
  const missing = (legs: readonly Leg[]): Leg[] => legs.filter((leg) => !done.has(leg));
  const ended = [0, ...race(points, rounds, done)[LAST].flat()];
  const repeated = ended.flatMap((point) => seeds(point, "tuning", 1, SEEDS));
  const racing = missing([...raceLegs(points, rounds, done), ...repeated]);
  const standings = ranked(ended, SEEDS, done);
  if (!closed || racing.length > 0) return { kind: "race", legs: racing, standings, candidate: undefined };

  const finalists = standings.flatMap(({ point }) => (point === 0 ? [] : point)).slice(0, FINALISTS);
  const more =
    finalists.length > 1 ? missing(finalists.flatMap((point) => seeds(point, "tuning", SEEDS, MORE_SEEDS))) : [];
  if (more.length > 0) return { kind: "finalists", legs: more, standings, candidate: undefined };
  const last = ranked(finalists, finalists.length > 1 ? MORE_SEEDS : SEEDS, done);
  const rest = standings.filter(({ point }) => !finalists.includes(point));
  const [{ point: candidate }] = last;
  const legs = missing([candidate, 0].flatMap((point) => seeds(point, "fresh", 0, FRESH_SEEDS)));
  return { kind: legs.length > 0 ? "fresh seeds" : "over", legs, standings: [...last, ...rest], candidate };
}

/** Runs of the whole budget that a study of so many rounds takes, if no run ends early. */
export function costOf(rounds: number): number {
  const round = ROUND * (1 / 9) + 3 * (2 / 9) + 2 / 3 + (SEEDS - 1);
  return rounds * round + SEEDS + FRESH_SEEDS + costOfBest(rounds);
}

/** Those of them that are the finalists' and the candidate's, which come last. */
export function costOfBest(rounds: number): number {
  const finalists = Math.min(rounds, FINALISTS);
  return (finalists > 1 ? finalists * (MORE_SEEDS - SEEDS) : 0) + FRESH_SEEDS;
}

function seeds(point: number, stream: Leg["stream"], from: number, to: number): Leg[] {
  return Array.from({ length: to - from }, (_, i) => ({ point, stream, seed: from + i, rung: LAST }));
}

function ranked(points: readonly number[], count: number, done: Done): Standing[] {
  const standings = points.flatMap((point) => {
    const legs = seeds(point, "tuning", 0, count).flatMap((leg) => done.get(leg) ?? []);
    return legs.length < count ? [] : { point, seeds: count, ...together(legs) };
  });
  return standings.sort((a, b) => byScore(a, b) || a.point - b.point);
}
