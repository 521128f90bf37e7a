/** The report of a sweep as one HTML page, readable offline. */

import { barsSvg } from "../../plot/bars-svg.js";
import { escapeXml } from "../../scene/xml.js";
import { mapsOf } from "../../sweeps/maps.js";
import { runsOf } from "../../sweeps/plan.js";
import { sharesOf } from "../../sweeps/scale.js";
import { anecdoteText, ENOUGH_SEEDS } from "../../sweeps/scores.js";
import { bestFirst, type CellSummary, runsDone, type SweepSummary } from "../../sweeps/summary.js";
import { htmlDocument } from "../document.js";
import { number } from "../number.js";
import { cellCard } from "./cell-card.js";
import { comparedCurves } from "./cell-curves.js";
import { HATCH, heatMap } from "./heat-map.js";
import { importanceText } from "./importance-text.js";
import { parallelCoordinates } from "./parallel.js";
import { cellName, settingsText, subjectText } from "./setting-text.js";
import { SWEEP_STYLE } from "./style.js";

const WIDE = 990;
const NARROW = 368;
/** The most curves in one chart. */
const CURVES = 5;
/** The most cells with a chart of their own. */
const CHARTS = 60;

export interface SweepReport {
  readonly summary: SweepSummary;
  /** The address of a run's folder, from the page. */
  folderOf(id: string): string;
  /** The command that goes on with the sweep. */
  readonly command: string;
}

export function sweepHtml({ summary, folderOf, command }: SweepReport): string {
  const { plan, cells, ranking } = summary;
  const title = titleOf(summary);
  const shares = sharesOf(cells);
  const cards = bestFirst(summary).map((cell, i) =>
    cellCard(cell, { name: cellName(cell, plan), chart: i < CHARTS && cell.outcomes.length > 0, folderOf }),
  );
  const body = `${HATCH}
<h1>${escapeXml(title)}</h1>
<div class="soft">${escapeXml(sizes(summary))}</div>
${best(summary)}
${few(summary)}
${maps(summary, shares)}
${mattered(summary)}
${ranking.length === 0 ? "" : curves(summary)}
${plan.varied.length < 2 || ranking.length < 2 ? "" : parallel(summary, shares)}
<h2>Every cell</h2>
<div class="cells">
${cards.join("\n")}
</div>
<h2>More seeds</h2>
<pre><code>${escapeXml(command)}</code></pre>
<p class="soft">What is done is not done again: a run is known by its settings and its seed.</p>`;
  return htmlDocument({ title, style: SWEEP_STYLE, body });
}

function titleOf({ plan }: SweepSummary): string {
  return `${subjectText(plan)}${plan.varied.length === 0 ? "" : `: ${plan.varied.join(", ")}`}`;
}

function sizes(summary: SweepSummary): string {
  const { plan, cells } = summary;
  const { preset } = cells[0].config;
  const parts = [
    ...(plan.varied.includes("preset") ? [] : [`preset ${preset}`]),
    `${cells.length} cells × ${plan.seeds.length} seeds`,
    `${runsDone(summary)} of ${runsOf(plan).length} runs done`,
  ];
  return parts.join(" · ");
}

function best({ ranking, plan }: SweepSummary): string {
  const [first] = ranking;
  if (first === undefined) return "";
  const name = cellName(first, plan);
  return `<p class="verdict ${first.verdict.kind}">${name === "" ? "" : `Best: ${escapeXml(name)}. `}${escapeXml(first.verdict.text)}</p>`;
}

function few({ plan: { seeds } }: SweepSummary): string {
  if (seeds.length >= ENOUGH_SEEDS) return "";
  return `<p class="soft">${anecdoteText(seeds.length)}: with ${ENOUGH_SEEDS} or more, the figures get intervals.</p>`;
}

function maps({ plan, cells }: SweepSummary, shares: ReadonlyMap<CellSummary, number>): string {
  const drawn = mapsOf(plan.varied, cells).map((map) => {
    const where = settingsText(map.where);
    const caption = where === "" ? "" : `<figcaption class="soft">${escapeXml(where)}</figcaption>`;
    return `<figure>${caption}${heatMap(map, shares)}</figure>`;
  });
  if (drawn.length === 0) return "";
  const goal = cells.some(({ mark }) => mark !== undefined) ? "k/n: seeds that solved" : "";
  const hatched = cells.some(({ diverged, score }) => diverged > 0 && !Number.isNaN(score))
    ? "hatched: a run diverged"
    : "";
  const keys = ["lowest <i></i> highest", "number: interquartile mean of the final returns", goal, hatched];
  return `<h2>Map</h2>
<div class="maps">${drawn.join("\n")}</div>
<div class="key">${keys
    .filter((key) => key !== "")
    .map((key) => `<span>${key}</span>`)
    .join("")}</div>`;
}

function mattered({ importance }: SweepSummary): string {
  if (importance === undefined) return "";
  const bars = importance.effects.map(({ settings, share }) => ({
    label: settings.join(" × "),
    parts: [100 * share],
    note: `${number(Number((100 * share).toPrecision(2)))} %`,
  }));
  const charts = inBothWidths((width) =>
    barsSvg({ parts: ["share"], bars }, { width, xLabel: "% of the variance between cells" }),
  );
  return `<h2>Which setting mattered</h2>\n${charts}\n<p class="soft">${escapeXml(importanceText(importance))}</p>`;
}

function curves({ plan, ranking }: SweepSummary): string {
  const shown = ranking.slice(0, CURVES);
  const names = shown.map((cell) => cellName(cell, plan) || "return");
  const drawn = inBothWidths((width) => comparedCurves(shown, names, width));
  const what = ranking.length > CURVES ? `The best ${CURVES} cells. ` : "";
  return `<h2>Curves</h2>\n${drawn}\n<p class="soft">${what}Lines are interquartile means over seeds, bands their middle half.</p>`;
}

function parallel(summary: SweepSummary, shares: ReadonlyMap<CellSummary, number>): string {
  const drawn = inBothWidths((width) => parallelCoordinates(summary, shares, width));
  return `<h2>Settings and returns</h2>\n${drawn}\n<p class="soft">A line for each cell, stronger where the return is higher, and dashed where a run diverged.</p>`;
}

/** A picture for each width, so that letters keep their size; the style shows the one that fits. */
function inBothWidths(drawn: (width: number) => string): string {
  return `<div class="wide">${drawn(WIDE)}</div><div class="narrow">${drawn(NARROW)}</div>`;
}
