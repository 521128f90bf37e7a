import { type Done, LAST, RUNGS } from "./legs.js";
import { race } from "./race.js";
import { byScore } from "./score.js";
import type { Progress } from "./stages.js";

/** A rung as it stands: how many points have got there, the best of them, and the place of the default settings among them. */
export interface RungRow {
  readonly share: number;
  /** Points that are to run to it, as far as that is known, without the default settings. */
  readonly entered: number;
  readonly done: number;
  readonly best: { readonly point: number; readonly score: number | null } | undefined;
  readonly usual: { readonly score: number | null; readonly place: number } | undefined;
}

/** The rungs, by the first tuning seed. */
export function rungTable({ points, rounds }: Progress, done: Done): RungRow[] {
  return race(points, rounds, done).map((byRound, rung) => {
    const entered = byRound.flat();
    const legs = [0, ...entered].flatMap((point) => done.get({ point, stream: "tuning", seed: 0, rung }) ?? []);
    legs.sort((a, b) => byScore(a, b) || a.point - b.point);
    const place = legs.findIndex(({ point }) => point === 0);
    const others = legs.filter(({ point }) => point !== 0);
    return {
      share: RUNGS[rung],
      entered: entered.length,
      done: others.length,
      best: others[0],
      usual: place < 0 ? undefined : { score: legs[place].score, place: place + 1 },
    };
  });
}

/** The best point so far besides the default settings: of those with most seeds, or else of the last rung that has any. */
export function leaderOf(
  rows: readonly RungRow[],
  standings: readonly { readonly point: number }[],
): number | undefined {
  const standing = standings.find(({ point }) => point !== 0);
  if (standing !== undefined) return standing.point;
  for (let rung = LAST; rung >= 0; rung--) {
    const best = rows[rung].best;
    if (best !== undefined) return best.point;
  }
  return undefined;
}
