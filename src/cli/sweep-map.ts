/** The results of a sweep as text: maps of two settings, or a table. */

import { shadeOf } from "../plot/shade.js";
import { settingsText, settingText } from "../report/sweep/setting-text.js";
import { RESET, select, toRgb } from "../scene/ansi.js";
import type { ColourDepth } from "../scene/index.js";
import { mapsOf, type SweepMap } from "../sweeps/maps.js";
import { sharesOf } from "../sweeps/scale.js";
import { anecdoteText, ENOUGH_SEEDS } from "../sweeps/scores.js";
import { bestFirst, type CellSummary, type SweepSummary } from "../sweeps/summary.js";
import { colours, widthOf } from "./colour.js";
import { figure } from "./figures.js";
import { table } from "./table.js";
import { wrap } from "./wrap.js";

type Shares = ReadonlyMap<CellSummary, number>;

export interface Look {
  readonly columns: number;
  readonly depth: ColourDepth;
  /** The most rows of a table. */
  readonly rows: number;
}

/** The cells as maps where they are a grid that fits, or else as a table with the best first. */
export function resultLines(summary: SweepSummary, look: Look): string[] {
  const { plan, cells } = summary;
  const maps = mapsOf(plan.varied, cells);
  const shares = sharesOf(cells);
  const drawn = maps.map((map) => mapLines(map, shares, look));
  return drawn.length > 0 && drawn.flat().every((line) => widthOf(line) <= look.columns)
    ? [...drawn.flat(), "", ...wrap(legend(summary), look.columns)]
    : tableLines(summary, look);
}

/** `100.0 3/5`: the score, and how many seeds solved. */
function cellText({ score, outcomes, solved, diverged, mark }: CellSummary): string {
  if (outcomes.length === 0) return "·";
  const reached = mark === undefined ? "" : ` ${solved}/${outcomes.length}`;
  const mean = Number.isNaN(score) ? "–" : figure(Number(score.toPrecision(4)));
  return `${mean}${reached}${diverged > 0 ? ` ×${diverged}` : ""}`;
}

function mapLines({ where, row, column, rows, columns, cells }: SweepMap, shares: Shares, { depth }: Look): string[] {
  const { strong, faint } = colours(depth !== "none");
  const labels = rows.map(settingText);
  const margin = longest([row, ...labels]);
  const texts = cells.map((line) => line.map((cell) => (cell === undefined ? "" : cellText(cell))));
  // Wide enough for what comes, so that a map that fills in stays where it is.
  const width = 2 + Math.max(9, longest(columns.map(settingText)), longest(texts.flat()));
  const conditions = settingsText(where);
  return [
    ...(conditions === "" ? [] : ["", strong(conditions)]),
    `${" ".repeat(margin)}  ${faint(column)}`,
    `${faint(row.padEnd(margin))}  ${columns
      .map((value) =>
        settingText(value)
          .padStart(width - 1)
          .padEnd(width),
      )
      .join("")}`,
    ...cells.map((line, i) => {
      const blocks = line.map((cell, k) =>
        block(texts[i][k].padStart(width - 1).padEnd(width), cell && shares.get(cell), depth),
      );
      return `${labels[i].padStart(margin)}  ${blocks.join("")}`;
    }),
  ];
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

function block(text: string, share: number | undefined, depth: ColourDepth): string {
  if (share === undefined || Number.isNaN(share) || depth === "none") return text;
  const { ground, ink } = shadeOf(share);
  return `${select("ground", toRgb(ground), depth)}${select("ink", toRgb(ink), depth)}${text}${RESET}`;
}

function legend({ cells, plan }: SweepSummary): string {
  const parts = ["interquartile mean of the final returns"];
  if (cells.some(({ mark }) => mark !== undefined)) parts.push("k/n: k of n seeds solved");
  if (cells.some(({ diverged }) => diverged > 0)) parts.push("×d: d diverged");
  return `${parts.join("; ")}${plan.seeds.length < ENOUGH_SEEDS ? `; ${anecdoteText(plan.seeds.length)}` : ""}`;
}

function tableLines(summary: SweepSummary, { columns, rows }: Look): string[] {
  const { plan } = summary;
  const ordered = bestFirst(summary);
  const shown = ordered.slice(0, rows);
  const headings = [...plan.varied, "RETURN", "95 %", "SOLVED", "SEEDS", "VERDICT"];
  const body = shown.map(({ settings, score, interval, solved, outcomes, mark, verdict }) => [
    ...plan.varied.map((name) => settingText(settings[name])),
    Number.isNaN(score) ? "-" : figure(Number(score.toPrecision(4))),
    interval === null ? "-" : interval.map((bound) => figure(Number(bound.toPrecision(4)))).join(" … "),
    mark === undefined ? "-" : String(solved),
    String(outcomes.length),
    outcomes.length === 0 ? "-" : verdict.kind,
  ]);
  const left = ordered.length - shown.length;
  return [...table(headings, body, columns).split("\n"), ...(left > 0 ? [`… and ${left} more`] : [])];
}
