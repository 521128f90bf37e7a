import { decimal } from "../scene/xml.js";
import { drawable, type Series, xOf } from "./series.js";
import { type Dot, thin } from "./thin.js";

/** Converts values to pixels. */
export interface Paper {
  x(value: number): number;
  y(value: number): number;
}

/** A curve as path elements: its band if it has one, and the line on top of it. */
export function curve(series: Series, colour: string, paper: Paper): string[] {
  const { y, band, faint, dots } = series;
  const dot = (i: number, value: number): Dot => ({ x: paper.x(xOf(series, i)), y: paper.y(value) });
  const bands = band === undefined ? [] : runs(y.length, (i) => drawable(band.low[i]) + drawable(band.high[i]));
  const shades = bands.map((run) => {
    const upper = thin(run.map((i) => dot(i, band!.high[i])));
    const lower = thin(run.map((i) => dot(i, band!.low[i]))).reverse();
    return `<path d="M${[...upper, ...lower].map(at).join("L")}Z" fill="${colour}" fill-opacity="0.18"/>`;
  });
  const strokes = runs(y.length, (i) => drawable(y[i])).map((run) => {
    if (dots) return run.map((i) => `M${at(dot(i, y[i]))}h0`).join("");
    const [first, ...rest] = thin(run.map((i) => dot(i, y[i])));
    // A line of length zero with round ends shows an isolated value as a dot.
    return `M${at(first)}${rest.length === 0 ? "h0" : `L${rest.map(at).join("L")}`}`;
  });
  if (strokes.length === 0) return shades;
  const linePen = faint ? 'stroke-width="1" stroke-opacity="0.4"' : 'stroke-width="1.75"';
  const pen = dots ? dotPen(y.length) : linePen;
  const line = `<path d="${strokes.join("")}" fill="none" stroke="${colour}" ${pen} stroke-linejoin="round" stroke-linecap="round"/>`;
  return [...shades, line];
}

/** Few dots are marks on a curve; many are a cloud. */
function dotPen(count: number): string {
  return count <= 12 ? 'stroke-width="7"' : 'stroke-width="4.5" stroke-opacity="0.75"';
}

const at = ({ x, y }: Dot): string => `${decimal(x)},${decimal(y)}`;

/** The runs of consecutive indices that have a value to draw. */
function runs(length: number, value: (i: number) => number): number[][] {
  const found: number[][] = [];
  let open: number[] | undefined;
  for (let i = 0; i < length; i++) {
    if (Number.isNaN(value(i))) open = undefined;
    else if (open === undefined) {
      open = [i];
      found.push(open);
    } else open.push(i);
  }
  return found;
}
