/** Parallel coordinates: an axis for each setting and one for the score, a line for each cell. */

import { log10 } from "../../plot/log10.js";
import { LETTER, LINE, note, openSvg } from "../../plot/svg-text.js";
import { decimal, escapeXml } from "../../scene/xml.js";
import { valuesOf } from "../../sweeps/maps.js";
import type { CellSummary, SweepSummary } from "../../sweeps/summary.js";
import { number } from "../number.js";
import { cellName, settingText } from "./setting-text.js";

const LINE_COLOUR = "#3b82c4";
const HEIGHT = 300;
const TOP = 2 * LINE;
const BOTTOM = HEIGHT - 18;

/** An axis: where a cell lies on it, from 0 (bottom) to 1, and its labels. */
interface Axis {
  readonly name: string;
  place(cell: CellSummary): number;
  readonly labels: readonly { readonly at: number; readonly text: string }[];
}

/** The cells that have a score, as an SVG of this width; the better ones are drawn last, and stronger. */
export function parallelCoordinates(
  { plan, ranking }: SweepSummary,
  shares: ReadonlyMap<CellSummary, number>,
  width: number,
): string {
  const axes = [...plan.varied.map((name) => axisOf(name, ranking)), scoreAxis(ranking)];
  const margin = Math.min(90, width / (2 * axes.length));
  const x = (i: number): number => margin + (i * (width - 2 * margin)) / (axes.length - 1);
  const y = (share: number): number => BOTTOM - share * (BOTTOM - TOP);
  const lines = ranking.toReversed().map((cell) => {
    const points = axes.map((axis, i) => `${decimal(x(i))},${decimal(y(axis.place(cell)))}`);
    const title = `${cellName(cell, plan)}: ${number(cell.score)}`;
    const share = shares.get(cell) ?? 0;
    const dashes = cell.diverged > 0 ? ' stroke-dasharray="4 4"' : "";
    return `<path d="M${points.join("L")}" fill="none" stroke="${LINE_COLOUR}" stroke-width="${decimal(1 + 2 * share)}" stroke-opacity="${decimal(0.2 + 0.8 * share)}"${dashes}><title>${escapeXml(title)}</title></path>`;
  });
  return [
    openSvg({ width, height: HEIGHT, label: "parallel coordinates" }),
    ...axes.map((_, i) => `<path d="M${decimal(x(i))},${TOP}V${BOTTOM}" stroke="currentColor" stroke-opacity="0.35"/>`),
    ...lines,
    ...axes.flatMap(({ name, labels }, i) => {
      const room = Math.floor((width / axes.length - 4) / LETTER);
      const last = i === axes.length - 1;
      return [
        `<g font-weight="600">${note(fitting(name, room), x(i), LINE - 4, "middle")}</g>`,
        ...labels.map(({ at, text }) =>
          halo(fitting(text, room), x(i) + (last ? -5 : 5), y(at) + 4, last ? "end" : "start"),
        ),
      ];
    }),
    "</svg>",
  ].join("\n");
}

/** A text that stands out from the lines behind it. */
function halo(text: string, x: number, y: number, anchor: "start" | "end"): string {
  return `<g paint-order="stroke" stroke="var(--ground, #ffffff)" stroke-width="3">${note(text, x, y, anchor)}</g>`;
}

function fitting(text: string, room: number): string {
  return text.length > room ? `${text.slice(0, Math.max(1, room - 1))}…` : text;
}

function axisOf(name: string, cells: readonly CellSummary[]): Axis {
  const values = valuesOf(name, cells);
  const numbers = values.filter((value) => typeof value === "number");
  if (numbers.length > 6 || (numbers.length === values.length && values.length > 2)) return numberAxis(name, numbers);
  const place = (value: unknown): number => {
    const at = values.findIndex((one) => JSON.stringify(one) === JSON.stringify(value));
    return values.length === 1 ? 0.5 : at / (values.length - 1);
  };
  return {
    name,
    place: ({ settings }) => place(settings[name]),
    labels: values.map((value) => ({ at: place(value), text: settingText(value) })),
  };
}

/** Logarithmic where values differ by their ratio; a cell without the setting lies at the bottom. */
function numberAxis(name: string, values: readonly number[]): Axis {
  const low = values[0];
  const high = values[values.length - 1];
  const scale = low > 0 && high >= 20 * low ? log10 : (value: number): number => value;
  const place = (value: unknown): number =>
    typeof value === "number" ? (scale(value) - scale(low)) / (scale(high) - scale(low)) : 0;
  const shown = values.length <= 8 ? values : [low, high];
  return {
    name,
    place: ({ settings }) => place(settings[name]),
    labels: shown.map((value) => ({ at: place(value), text: settingText(value) })),
  };
}

function scoreAxis(ranking: readonly CellSummary[]): Axis {
  const high = ranking[0].score;
  const low = ranking[ranking.length - 1].score;
  const place = ({ score }: { readonly score: number }): number => (high > low ? (score - low) / (high - low) : 0.5);
  const ends = high > low ? [low, high] : [high];
  return {
    name: "return",
    place,
    labels: ends.map((score) => ({ at: place({ score }), text: number(Number(score.toPrecision(4))) })),
  };
}
