/** A comparison in a terminal. */

import { chart } from "../plot/chart.js";
import type { ColourDepth } from "../scene/index.js";
import type { Comparison, GroupFigures } from "../sweeps/compare.js";
import { comparisonCurves } from "../sweeps/comparison-chart.js";
import { comparisonNotes } from "../sweeps/comparison-notes.js";
import { comparisonSentences } from "../sweeps/comparison-sentences.js";
import { figureText, intervalText } from "../sweeps/figure-text.js";
import { shownValue } from "../sweeps/groups.js";
import { colours } from "./colour.js";
import { oneLine } from "./printable.js";
import { table } from "./table.js";
import { wrap } from "./wrap.js";

const CHART_ROWS = 16;
const WIDEST = 110;

/** A table of the settings that differ, the curves, the verdicts, and what the comparison says. */
export function comparisonText(
  comparison: Comparison,
  { columns, colour }: { readonly columns: number; readonly colour: ColourDepth },
): string {
  const { groups, labelled, others, reference } = comparison;
  const tones = colours(colour !== "none");
  const width = Math.min(columns, WIDEST);
  const paragraph = (text: string): string => wrap(oneLine(text), width).join("\n");
  const settings = labelled.length === 0 ? ["group"] : labelled;
  const rows = groups.map((group, i) => [
    ...(labelled.length === 0 ? [group.label] : labelled.map((name) => shownValue(group.settings[name]))),
    ...figureCells(group),
    i === reference && groups.length > 1 ? "reference" : "",
  ]);
  const headings = [...settings, "seeds", "final return", "95 %", "solved", "verdict", ""];
  const { series, levels, xLabel } = comparisonCurves(comparison);
  const picture = chart(series, { columns: width, rows: CHART_ROWS, colour, xLabel, yLabel: "return", levels });
  const blocks = [
    comparisonNotes(comparison).map((note) => tones.bad(paragraph(note))),
    [
      table(
        headings,
        rows.map((row) => row.map(oneLine)),
        columns,
      ),
    ],
    [picture],
    groups.map(({ label, verdict }) => paragraph(`${label}: ${verdict.text}`)),
    comparisonSentences(comparison).map((sentence) => tones.strong(paragraph(sentence))),
    others.length === 0 ? [] : [tones.faint(paragraph(`Also different: ${others.join(", ")}.`))],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n");
}

function figureCells({ scores, score, interval, solved, outcomes, mark, verdict }: GroupFigures): string[] {
  return [
    String(scores.length),
    figureText(score),
    interval === null ? "-" : intervalText(interval),
    mark === undefined ? "-" : `${solved} of ${outcomes.length}`,
    verdict.kind,
  ];
}
