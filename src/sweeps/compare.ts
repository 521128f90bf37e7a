/** Compares groups of runs with one of them. */

import { ConfigError } from "../errors.js";
import { rejected } from "../significance.js";
import { wilsonInterval } from "../wilson.js";
import { type Band, bandOf } from "./band.js";
import { type CellVerdict, cellVerdict } from "./cell-verdict.js";
import { detectableDifference } from "./detectable.js";
import { difference, welchProbability } from "./difference.js";
import { goalAt, hasEnded, reachedGoal } from "./ended.js";
import { type Group, groupRuns } from "./groups.js";
import { improvementInterval, probabilityOfImprovement } from "./improvement.js";
import { interquartileMean } from "./interquartile-mean.js";
import { markOf } from "./mark.js";
import type { RunOutcome } from "./outcome.js";
import { quantileOf } from "./quantile.js";
import type { Interval } from "./resampling.js";
import { isEnough, RESAMPLES, scoreInterval, scoresOf } from "./scores.js";
import { unequalSettings } from "./unequal.js";

/** How groups are compared. */
export interface CompareOptions {
  /** What the others are compared with: the first group, or the one with the best score. Default: first. */
  readonly reference?: "first" | "best" | undefined;
  /** Compares runs of different environments or budgets too. */
  readonly allowUnequal?: boolean | undefined;
}

/** A group and its figures. Intervals are null under 5 seeds: fewer are an anecdote. */
export interface GroupFigures extends Group {
  /** The final return of each run, in the order of `outcomes`; that of an untrained policy where it ended by an error. */
  readonly scores: readonly number[];
  /** Their interquartile mean. */
  readonly score: number;
  readonly interval: Interval | null;
  /** How many runs reached the mark, and Wilson's interval of their share. */
  readonly solved: number;
  readonly solvedShare: Interval | null;
  /** When: the median over those that did, in what the budget counts. Null if none did, or there is no mark. */
  readonly solvedAt: number | null;
  readonly mark: number | undefined;
  readonly verdict: CellVerdict;
  readonly band: Band;
  /** The comparison with the reference; undefined for the reference itself. */
  readonly against: Against | undefined;
}

/** A group compared with the reference. */
export interface Against {
  /** Of the interquartile means: the group's less the reference's. */
  readonly difference: number;
  readonly interval: Interval | null;
  /** The probability that a run of this group scores more than one of the reference, ties counted half. */
  readonly improvement: number;
  readonly improvementInterval: Interval | null;
  /** The p-value of Welch's t-test. */
  readonly probability: number;
  /**
   * Whether they are told apart: p is small enough at α = 0.05 by Holm's correction for all comparisons here. Null under 5
   * seeds.
   */
  readonly differs: boolean | null;
  /** The smallest difference that these seeds find four times in five (two-sided t-test, α = 0.05). */
  readonly detectable: number;
}

/** Groups of runs, each compared with the reference. */
export interface Comparison {
  readonly groups: readonly GroupFigures[];
  /** The index of the reference. */
  readonly reference: number;
  /** The settings that tell groups apart, and the others that differ. */
  readonly labelled: readonly string[];
  readonly others: readonly string[];
  /** The environments and budgets that are not equal; empty unless that was allowed. */
  readonly unequal: readonly string[];
  /** Runs that were left out because they have not ended. */
  readonly unfinished: readonly RunOutcome[];
  /** How many runs occurred twice, and which of them had other weights the second time. */
  readonly repeated: number;
  readonly contradicting: readonly RunOutcome[];
}

/**
 * Groups runs by their settings and compares the groups. Runs that diverged or failed count as untrained. Runs that have not
 * ended are left out and listed.
 *
 * @throws ConfigError if no run has ended, or environments or budgets differ without `allowUnequal`
 */
export function compareRuns(
  outcomes: readonly RunOutcome[],
  { reference: choice = "first", allowUnequal = false }: CompareOptions = {},
): Comparison {
  const { groups, labelled, others, repeated, contradicting } = groupRuns(outcomes.filter(hasEnded));
  const unfinished = outcomes.filter((outcome) => !hasEnded(outcome));
  if (groups.length === 0)
    throw new ConfigError({ field: "runs", given: outcomes.length, allowed: "runs of which at least one has ended" });
  const unequal = unequalSettings(groups);
  if (unequal.length > 0 && !allowUnequal)
    throw new ConfigError({
      field: "allowUnequal",
      given: false,
      allowed: `true where environments or budgets differ, as here: ${unequal.join("; ")}`,
    });
  const alone = groups.map(figuresOf);
  const reference = choice === "first" ? 0 : bestOf(alone);
  return {
    groups: withComparisons(alone, reference),
    reference,
    labelled,
    others,
    unequal,
    unfinished,
    repeated,
    contradicting,
  };
}

type Alone = Omit<GroupFigures, "against">;

function figuresOf(group: Group): Alone {
  const { outcomes } = group;
  const scores = scoresOf(outcomes);
  const [{ config, until }] = outcomes;
  const mark = markOf(config, until);
  const solved = outcomes.filter(reachedGoal);
  return {
    ...group,
    scores,
    score: interquartileMean(scores),
    interval: scoreInterval(scores),
    solved: solved.length,
    solvedShare: isEnough(scores) ? wilsonInterval(solved.length, outcomes.length) : null,
    solvedAt:
      solved.length === 0
        ? null
        : quantileOf(
            solved.flatMap((one) => goalAt(one) ?? []),
            0.5,
          ),
    mark,
    verdict: cellVerdict(outcomes, { seeds: outcomes.length, mark }),
    band: bandOf(outcomes),
  };
}

function withComparisons(groups: readonly Alone[], reference: number): GroupFigures[] {
  const { score: theirScore, scores: theirs } = groups[reference];
  const probabilities = groups.map(({ scores }) => welchProbability(scores, theirs));
  const tested = groups.flatMap(({ scores }, i) => (i !== reference && isEnough(scores) && isEnough(theirs) ? i : []));
  const differ = rejected(
    tested.map((i) => probabilities[i]),
    0.05,
  );
  return groups.map((group, i) => {
    const { score, scores } = group;
    if (i === reference) return { ...group, against: undefined };
    const test = tested.indexOf(i);
    return {
      ...group,
      against: {
        difference: score - theirScore,
        interval: test < 0 ? null : difference(scores, theirs, { resamples: RESAMPLES }).interval,
        improvement: probabilityOfImprovement(scores, theirs),
        improvementInterval: test < 0 ? null : improvementInterval(scores, theirs, { resamples: RESAMPLES }),
        probability: probabilities[i],
        differs: test < 0 ? null : differ[test],
        detectable: detectableDifference(scores, theirs),
      },
    };
  });
}

function bestOf(groups: readonly Alone[]): number {
  return groups.reduce((best, { score }, i) => (score > groups[best].score ? i : best), 0);
}
