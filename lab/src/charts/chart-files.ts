/** Files of a chart: a picture of what is seen, and all data. */

import { chartSvg, type Series } from "ascent/plot";
import { download } from "../share/download.js";
import type { Table } from "./chart-menu.js";
import { axis } from "./chart-view.js";
import { csvOf } from "./csv.js";
import { inksOf } from "./curves.js";
import { type Picture, paint } from "./paint.js";

/** Device pixels in one of the page: enough for print. */
const SHARP = 3;
const HEAD = 24;
const KEY = 18;

/** With a heading, a legend and the card's background. */
export async function savePng(label: string, picture: Picture, element: HTMLElement): Promise<void> {
  const { width, height } = picture.frame;
  const named = picture.curves.filter((curve) => curve.label !== false);
  const canvas = document.createElement("canvas");
  const chart = document.createElement("canvas");
  const [ctx, inner] = [canvas.getContext("2d"), chart.getContext("2d")];
  if (ctx === null || inner === null) throw new Error("no canvas");
  const foot = KEY * (named.length + 1);
  [canvas.width, canvas.height] = [width * SHARP, (HEAD + height + foot) * SHARP];
  [chart.width, chart.height] = [width * SHARP, height * SHARP];
  const inks = inksOf(element);
  paint(inner, picture, inks, SHARP);
  ctx.fillStyle = inks.card;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(chart, 0, HEAD * SHARP);
  ctx.scale(SHARP, SHARP);
  ctx.fillStyle = inks.ink;
  ctx.textBaseline = "middle";
  ctx.font = "600 13px system-ui, sans-serif";
  ctx.fillText(`${label}, over ${axis.value}`, 8, HEAD / 2 + 2);
  ctx.font = "12px system-ui, sans-serif";
  named.forEach(({ name, colour }, i) => {
    const y = HEAD + height + KEY * (i + 0.5);
    ctx.fillStyle = colour;
    ctx.fillRect(10, y - 2, 18, 4);
    ctx.fillStyle = inks.ink;
    ctx.fillText(name, 36, y);
  });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (blob === null) throw new Error("no picture");
  download(`${fileName(label)}.png`, blob);
}

export function saveSvg(label: string, picture: Picture): void {
  download(`${fileName(label)}.svg`, new Blob([svgOf(label, picture)], { type: "image/svg+xml" }));
}

function svgOf(label: string, { frame, curves, strokes, threshold }: Picture): string {
  const [from, to] = frame.x;
  const within = (x: ArrayLike<number>, ...ys: ArrayLike<number>[]): number[][] => {
    const kept = Array.from(x, (_, i) => i).filter((i) => x[i] >= from && x[i] <= to);
    return [x, ...ys].map((numbers) => kept.map((i) => numbers[i]));
  };
  const series = curves.flatMap(({ name, faded, label: named, ...curve }, k): Series[] => {
    const colour = curve.colour as `#${string}`;
    const { line, dots, band } = strokes[k];
    const made: Series[] = [];
    if (dots !== undefined) {
      const [x, y] = within(dots.x, dots.y);
      made.push({ label: `${name}: each episode`, x, y, colour, dots: true });
    }
    if (line !== undefined) {
      const own = curves[k].line;
      const [x, y, low, high] =
        band === undefined || own === undefined ? within(line.x, line.y) : within(band.x, own.y, band.low, band.high);
      made.push({ label: name, x, y, colour, faint: faded || named === false, ...(low && { band: { low, high } }) });
    }
    return made;
  });
  return chartSvg(series, {
    width: 800,
    height: 400,
    title: label,
    xLabel: axis.value,
    yScale: frame.log ? "log" : "linear",
    levels: threshold === undefined ? [] : [{ y: threshold, label: "solved" }],
  });
}

export function saveCsv(label: string, tables: readonly Table[]): void {
  download(`${fileName(label)}.csv`, new Blob([csvOf(tables)], { type: "text/csv" }));
}

/** `gradient norm` → `gradient-norm` */
function fileName(label: string): string {
  return label
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
