/**
 * Successive halving over the budget (Jamieson & Talwalkar 2016, arXiv:1502.07943), round by round: each round, 9 new points
 * train to the first rung; the best 3 of all that wait there go on to the second; and the best one of all that wait there to
 * the end. Nothing is dropped for good: a paused run goes on when a later round has nothing better.
 *
 * What goes on follows from scores and the order of rounds, not from who finishes first. So the race is the same on any
 * number of machines, and after any stop.
 */

import { type Done, LAST, type Leg } from "./legs.js";
import { byScore } from "./score.js";

/** New points in a round. */
export const ROUND = 9;
/** How many go on from each rung in a round, a third each time. */
const PLACES: readonly number[] = [3, 1];

/** The points that run to each rung, round by round as far as that is known. The default settings, point 0, run to all. */
export function race(points: number, rounds: number, done: Done): readonly (readonly (readonly number[])[])[] {
  const scoreAt = (rung: number, point: number) => done.get({ point, stream: "tuning", seed: 0, rung });
  const first = Array.from({ length: rounds }, (_, k) =>
    Array.from({ length: ROUND }, (_, i) => k * ROUND + i + 1).filter((point) => point < points),
  );
  const entered = [first];
  for (let rung = 0; rung < LAST; rung++) {
    const chosen: number[][] = [];
    let waiting: number[] = [];
    for (const newcomers of entered[rung]) {
      waiting.push(...newcomers);
      const order = waiting.flatMap((point) => scoreAt(rung, point) ?? []);
      if (order.length < waiting.length) break;
      order.sort((a, b) => byScore(a, b) || a.point - b.point);
      const places = PLACES[rung];
      chosen.push(order.slice(0, places).map(({ point }) => point));
      waiting = order.slice(places).map(({ point }) => point);
    }
    entered.push(chosen);
  }
  return entered;
}

/** The legs of the race that are known to be needed, those of earlier rounds first. */
export function raceLegs(points: number, rounds: number, done: Done): Leg[] {
  const entered = race(points, rounds, done);
  const leg = (point: number, rung: number): Leg => ({ point, stream: "tuning", seed: 0, rung });
  const usual = entered.map((_, rung) => leg(0, rung));
  const later = Array.from({ length: rounds }, (_, k) =>
    entered.flatMap((chosen, rung) => (chosen[k] ?? []).map((point) => leg(point, rung))).reverse(),
  );
  return [...usual, ...later.flat()];
}
