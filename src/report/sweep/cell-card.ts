/** One cell of a sweep: its verdict, its curves, and its seeds with links to their runs. */

import { escapeXml } from "../../scene/xml.js";
import type { RunOutcome } from "../../sweeps/outcome.js";
import type { CellSummary } from "../../sweeps/summary.js";
import { number } from "../number.js";
import { cellChart } from "./cell-curves.js";

const WIDTH = 330;

export interface CardContent {
  readonly name: string;
  /** Whether its curves are drawn. */
  readonly chart: boolean;
  folderOf(id: string): string;
}

export function cellCard(cell: CellSummary, { name, chart, folderOf }: CardContent): string {
  const { verdict, score, interval, outcomes, scores } = cell;
  const figures = Number.isNaN(score) ? "" : `<p class="soft">${figuresOf(score, interval)}</p>`;
  const rows = outcomes.map((outcome, i) => seedRow(outcome, scores[i], folderOf(outcome.id)));
  const seeds =
    rows.length === 0
      ? ""
      : `<details><summary>${rows.length === 1 ? "1 seed" : `${rows.length} seeds`}</summary><table class="seeds"><tr><th>seed</th><th>return</th><th>solved at</th><th>end</th></tr>${rows.join("")}</table></details>`;
  return `<article>
${name === "" ? "" : `<h3>${escapeXml(name)}</h3>`}
<p><span class="kind ${verdict.kind}">${verdict.kind}</span>: ${escapeXml(verdict.text)}</p>
${figures}
${chart && !Number.isNaN(score) ? cellChart(cell, WIDTH) : ""}
${seeds}
</article>`;
}

function figuresOf(score: number, interval: CellSummary["interval"]): string {
  const mean = `interquartile mean ${rounded(score)}`;
  return interval === null ? mean : `${mean}, 95 % interval ${interval.map(rounded).join(" to ")}`;
}

function seedRow({ config, solvedAtEpisode, end, verdict, error }: RunOutcome, score: number, folder: string): string {
  const how = end === "finished" ? verdict : end;
  const title = error === null ? "" : ` title="${escapeXml(error)}"`;
  return `<tr><td><a href="${escapeXml(folder)}">${escapeXml(config.seed)}</a></td><td>${Number.isNaN(score) ? "–" : rounded(score)}</td><td>${solvedAtEpisode === null ? "–" : number(solvedAtEpisode)}</td><td${title}>${how}</td></tr>`;
}

const rounded = (value: number): string => number(Number(value.toPrecision(4)));
