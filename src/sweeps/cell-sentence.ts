/** The sentences of cell verdicts. */

import { thousands } from "../training/thousands.js";
import { type CellFigures, type CellKind, fellBack, wasLost } from "./cell-kind.js";
import { goalAt, reachedGoal } from "./ended.js";
import { figureText } from "./figure-text.js";
import { interquartileMean } from "./interquartile-mean.js";
import type { RunOutcome } from "./outcome.js";
import { quantileOf } from "./quantile.js";

/** What a verdict says. `judge` gives the verdict so far of a cell whose seeds are not all done. */
export function cellSentence(kind: CellKind, figures: CellFigures, judge: (figures: CellFigures) => CellKind): string {
  const { outcomes, seeds, solved, trend } = figures;
  const having = (holds: (outcome: RunOutcome) => boolean): number => outcomes.filter(holds).length;
  const of = (count: number): string =>
    count === outcomes.length ? every(count) : `${count} of ${seedsOf(outcomes.length)}`;
  switch (kind) {
    case "unfinished": {
      if (outcomes.length === seeds) return `Too short to tell: ${ending(figures)}.`;
      if (outcomes.length === 0) return `None of ${seedsOf(seeds)} is done.`;
      const soFar = judge(figures);
      const rest = soFar === "unfinished" ? `${ending(figures)}.` : lowered(cellSentence(soFar, figures, judge));
      return `${outcomes.length} of ${seedsOf(seeds)} are done; so far: ${rest}`;
    }
    case "failed": {
      const failed = outcomes.filter(({ end }) => end === "failed");
      return `Failed with ${of(failed.length)}, which count as untrained: ${failed[0].error ?? "no message"}`;
    }
    case "diverged": {
      const diverged = having(({ end }) => end === "diverged");
      const others = solved.length === 0 ? "" : ` ${solved.length} solved.`;
      return `Diverged with ${of(diverged)}: a number was no longer finite. These count as untrained.${others}`;
    }
    case "collapsed":
      return `Collapsed with ${of(having(({ verdict }) => verdict === "collapsed"))}: ${ending(figures)}.`;
    case "no-gradient":
      return `No gradient with ${of(having(({ verdict }) => verdict === "no-gradient"))}, so nothing was learned: ${ending(figures)}.`;
    case "solved":
      return `Solved with ${every(outcomes.length)}, ${when(solved)}${lostText(figures)}.`;
    case "unstable":
      if (solved.length === 0) return `The seeds disagree: ${ending(figures)}, from ${spread(figures.scores)}.`;
      return `Solved with ${of(solved.length)}, ${when(solved)}${lostText(figures)}: ${ending(figures)}.`;
    case "slow": {
      const some = solved.length === 0 ? "" : `Solved with ${of(solved.length)}, ${when(solved)}. `;
      const rising = having((one) => one.verdict === "improving" && !reachedGoal(one));
      if (rising >= (outcomes.length - solved.length) / 2)
        return `${some}Still rising at the end of the budget with ${of(rising)}: ${ending(figures)}.`;
      const rise =
        trend === undefined
          ? ""
          : ` from ${figureText(trend.first)} in the first quarter of the budget to ${figureText(trend.last)} in the last`;
      return `${some}Rising slowly,${rise}: ${ending(figures)}.`;
    }
    case "stalled":
      return `${isUntrained(figures) ? "No better than untrained" : "No longer rising"}: ${ending(figures)}.`;
    case "flat":
      return `No longer rising: ${ending(figures)}. The environment has no mark that counts as solved.`;
  }
}

/** Whether less than a twentieth of the way to the mark is done. */
function isUntrained({ scores, untrained, mark = untrained }: CellFigures): boolean {
  return interquartileMean(scores) < untrained + (mark - untrained) / 20;
}

/** `a final return of 36.2, where 21.4 is untrained and 475 counts as solved` */
function ending({ scores, untrained, mark }: CellFigures): string {
  if (scores.every(Number.isNaN)) return "no episode has ended";
  const goal = mark === undefined ? "" : ` and ${figureText(mark)} counts as solved`;
  return `a final return of ${figureText(interquartileMean(scores))}, where ${figureText(untrained)} is untrained${goal}`;
}

/** `, lost again with 2, and for a while with 1` */
function lostText({ solved, mark, untrained }: CellFigures): string {
  const ended = solved.filter(fellBack).length;
  const between = solved.filter((one) => !fellBack(one) && wasLost(one, mark, untrained)).length;
  const parts = [...(ended === 0 ? [] : [`with ${ended}`]), ...(between === 0 ? [] : [`for a while with ${between}`])];
  return parts.length === 0 ? "" : `, and lost again ${parts.join(" and ")}`;
}

/** `at episode 214 (189 to 305)`: the median, and the first and the last. */
function when(solved: readonly RunOutcome[]): string {
  const places = solved.flatMap((outcome) => goalAt(outcome) ?? []);
  const unit = solved[0].curve.counts === "steps" ? "step" : "episode";
  const [first, middle, last] = [0, 0.5, 1].map((share) => Math.round(quantileOf(places, share)));
  return first === last
    ? `at ${unit} ${thousands(middle)}`
    : `at ${unit} ${thousands(middle)} (${thousands(first)} to ${thousands(last)})`;
}

function spread(scores: readonly number[]): string {
  return `${figureText(quantileOf(scores, 0))} to ${figureText(quantileOf(scores, 1))}`;
}

function seedsOf(count: number): string {
  return count === 1 ? "1 seed" : `${count} seeds`;
}

function every(count: number): string {
  return count === 1 ? "the only seed" : count === 2 ? "both seeds" : `all ${count} seeds`;
}

function lowered(text: string): string {
  return text[0].toLowerCase() + text.slice(1);
}
