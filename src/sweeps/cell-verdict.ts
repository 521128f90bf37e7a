/** Judges a cell (some settings, over their seeds) in words. */

import { type CellFigures, type CellKind, fellBack, wasLost } from "./cell-kind.js";
import { cellSentence } from "./cell-sentence.js";
import { hasEnded, reachedGoal } from "./ended.js";
import type { RunOutcome } from "./outcome.js";
import { quantileOf } from "./quantile.js";
import { anecdoteText, ENOUGH_SEEDS, scoresOf, untrainedOf } from "./scores.js";
import { trendOf } from "./trend.js";

/** The verdict of a cell as a word and in sentences. */
export interface CellVerdict {
  readonly kind: CellKind;
  /** One or two sentences with figures. */
  readonly text: string;
  /** Whether there are fewer than 5 seeds, which prove nothing. */
  readonly anecdote: boolean;
}

/** What is known of a cell besides its runs. */
export interface CellJudged {
  /** How many seeds the cell is to have. */
  readonly seeds: number;
  /** The return that counts as solved, if there is one: `until`, or the environment's threshold. */
  readonly mark?: number | undefined;
}

/** The verdict on the runs of one cell. Two cells that differ in their seeds only are one. */
export function cellVerdict(outcomes: readonly RunOutcome[], { seeds, mark }: CellJudged): CellVerdict {
  const ended = outcomes.filter(hasEnded);
  const figures: CellFigures = {
    outcomes: ended,
    seeds,
    mark,
    scores: scoresOf(ended),
    untrained: untrainedOf(ended),
    solved: ended.filter(reachedGoal),
    trend: trendOf(ended.filter((one) => !reachedGoal(one))),
  };
  const kind = ended.length < seeds ? "unfinished" : kindOf(figures);
  const anecdote = seeds < ENOUGH_SEEDS;
  const few = anecdote && kind !== "unfinished" ? ` ${anecdoteText(seeds)}.` : "";
  const text = `${cellSentence(kind, figures, kindOf)}${few}`;
  return { kind, text, anecdote };
}

function kindOf(figures: CellFigures): CellKind {
  const { outcomes, mark, solved } = figures;
  const half = outcomes.length / 2;
  const having = (holds: (outcome: RunOutcome) => boolean): number => outcomes.filter(holds).length;
  if (having(({ end }) => end === "failed") > 0) return "failed";
  if (having(({ end }) => end === "diverged") > 0) return "diverged";
  if (having(({ verdict }) => verdict === "collapsed") >= half) return "collapsed";
  if (having(({ verdict }) => verdict === "no-gradient") >= half) return "no-gradient";
  if (solved.length > 0 && isLost(figures)) return "unstable";
  if (solved.length === outcomes.length) return "solved";
  if (rises(figures)) return "slow";
  if (solved.length > 0 || disagree(figures)) return "unstable";
  if (having(({ verdict }) => verdict === "unfinished") >= half) return "unfinished";
  return mark === undefined ? "flat" : "stalled";
}

function isLost({ solved, mark, untrained }: CellFigures): boolean {
  const onTheWay = solved.filter((one) => fellBack(one) || wasLost(one, mark, untrained));
  return solved.filter(fellBack).length >= solved.length / 4 || onTheWay.length >= solved.length / 2;
}

function rises({ outcomes, trend }: CellFigures): boolean {
  const others = outcomes.filter((one) => !reachedGoal(one));
  if (others.filter(({ verdict }) => verdict === "improving").length >= others.length / 2) return true;
  return trend?.rises ?? false;
}

function disagree({ scores, untrained, mark }: CellFigures): boolean {
  if (mark === undefined || scores.length < ENOUGH_SEEDS) return false;
  return quantileOf(scores, 0.75) - quantileOf(scores, 0.25) > Math.abs(mark - untrained) / 2;
}
