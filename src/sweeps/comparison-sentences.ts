/** A comparison in sentences. */

import type { Comparison, GroupFigures } from "./compare.js";
import { figureText, intervalText } from "./figure-text.js";
import { ENOUGH_SEEDS } from "./scores.js";

/** One sentence for each group that is compared with the reference. */
export function comparisonSentences({ groups, reference }: Comparison): string[] {
  return groups.flatMap((group) => (group.against === undefined ? [] : [sentence(group, groups[reference])]));
}

function sentence({ label, scores, against }: GroupFigures, reference: GroupFigures): string {
  const { difference, interval, improvement, improvementInterval, differs, detectable } = against!;
  const gap = `${difference < 0 ? "−" : "+"}${figureText(Math.abs(difference))}${interval === null ? "" : ` ${intervalText(interval)}`}`;
  const better = `P(better) ${improvement.toFixed(2)}${improvementInterval === null ? "" : ` ${intervalText(improvementInterval)}`}`;
  const seeds =
    scores.length === reference.scores.length ? `${scores.length}` : `${scores.length} and ${reference.scores.length}`;
  const figures = `final return ${gap}, ${better}`;
  if (differs === null)
    return `${label} against ${reference.label}: ${figures}. With ${seeds} ${seeds === "1" ? "seed" : "seeds"} an anecdote; ${ENOUGH_SEEDS} or more can tell.`;
  if (differs) return `${label} is ${difference < 0 ? "worse" : "better"} than ${reference.label}: ${figures}.`;
  const power =
    detectable === 0 ? "" : `; ${seeds} seeds a side detect differences of at least ${figureText(detectable)}`;
  return `${label} and ${reference.label} can't be told apart: ${figures}${power}.`;
}
