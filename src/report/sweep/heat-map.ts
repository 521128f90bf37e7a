/** Two settings of a sweep as a heat map. */

import { shadeOf } from "../../plot/shade.js";
import { LETTER, LINE, note, openSvg } from "../../plot/svg-text.js";
import { decimal, escapeXml } from "../../scene/xml.js";
import type { SweepMap } from "../../sweeps/maps.js";
import type { CellSummary } from "../../sweeps/summary.js";
import { number } from "../number.js";
import { settingText } from "./setting-text.js";

const ROW = 44;
const NARROWEST = 58;
const WIDEST = 130;

/** Hatching for cells of which a run diverged. It is defined once a page. */
export const HATCH =
  '<svg width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0,0V7" stroke="#ff6b5e" stroke-width="2.5"/></pattern></defs></svg>';

/**
 * A map as an SVG: the colour of a cell is its place between the lowest and the highest, its text the interquartile mean and how many seeds
 * solved; hatched where a run diverged.
 */
export function heatMap(map: SweepMap, shares: ReadonlyMap<CellSummary, number>, room = 960): string {
  const { row, column, rows, columns, cells } = map;
  const labels = rows.map(settingText);
  const left = 16 + LETTER * longestOf([row, ...labels]);
  const longest = longestOf(columns.map(settingText));
  const wanted = Math.max(NARROWEST, 12 + LETTER * longest);
  const wide = Math.min(WIDEST, Math.max(wanted, (room - left - 8) / columns.length));
  const top = 2 * LINE + 6;
  const size = { width: left + wide * columns.length + 8, height: top + ROW * rows.length + 8 };
  const right = left + wide * columns.length;
  const caption = Math.min(left + (right - left) / 2, size.width - 4 - (LETTER * column.length) / 2);
  return [
    openSvg({ ...size, label: `${row} and ${column}` }),
    `<g fill-opacity="0.75">`,
    note(column, caption, LINE - 4, "middle"),
    note(row, left - 8, top - 8, "end"),
    ...columns.map((value, k) => note(settingText(value), left + wide * (k + 0.5), top - 8, "middle")),
    ...labels.map((label, i) => note(label, left - 8, top + ROW * (i + 0.5) + 4, "end")),
    "</g>",
    ...cells.flatMap((line, i) =>
      line.flatMap((cell, k) => {
        const share = cell === undefined ? undefined : shares.get(cell);
        return cell === undefined ? [] : drawn(cell, share, { x: left + wide * k, y: top + ROW * i, wide });
      }),
    ),
    "</svg>",
  ].join("\n");
}

function longestOf(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

function drawn(
  cell: CellSummary,
  share: number | undefined,
  { x, y, wide }: { readonly x: number; readonly y: number; readonly wide: number },
): string[] {
  const { score, solved, diverged, outcomes, mark, verdict } = cell;
  const box = `x="${decimal(x + 1)}" y="${decimal(y + 1)}" width="${decimal(wide - 2)}" height="${ROW - 2}" rx="3"`;
  const title = `<title>${escapeXml(`${verdict.kind}: ${verdict.text}`)}</title>`;
  const middle = x + wide / 2;
  // Runs that diverge in their first episode have no score.
  if (share === undefined || Number.isNaN(share))
    return [
      `<g>${title}<rect ${box} fill="none" stroke="currentColor" stroke-opacity="0.3"/>`,
      ...(outcomes.length === 0 ? [] : [note(verdict.kind, middle, y + ROW / 2 + 4, "middle")]),
      "</g>",
    ];
  const { ground, ink } = shadeOf(share);
  const reached = mark === undefined ? `${outcomes.length} seeds` : `${solved}/${outcomes.length}`;
  return [
    `<g fill="${ink}">${title}<rect ${box} fill="${ground}"/>`,
    ...(diverged > 0 ? [`<rect ${box} fill="url(#hatch)" fill-opacity="0.55"/>`] : []),
    `<g font-weight="600">${note(number(Number(score.toPrecision(4))), middle, y + ROW / 2 - 2, "middle")}</g>`,
    note(reached, middle, y + ROW / 2 + 14, "middle"),
    "</g>",
  ];
}
