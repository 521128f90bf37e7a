/** Paints a chart: on the page, or larger for a file. */

import { short } from "../number.js";
import { DASHES } from "./colours.js";
import type { Curve } from "./curve.js";
import { apart, around, type Frame, frameOf, toX, toY } from "./frame.js";
import { type Points, type Range, type Thinned, thinned } from "./thin.js";

export interface Inks {
  readonly ink: string;
  readonly quiet: string;
  readonly grid: string;
  readonly card: string;
}

/** A chart that is ready to be painted. */
export interface Picture {
  readonly frame: Frame;
  readonly curves: readonly Curve[];
  readonly strokes: readonly Strokes[];
  readonly threshold: number | undefined;
  readonly labels: boolean;
  /** Values that the logarithmic axis can't show. */
  readonly leftOut: number;
}

interface Strokes {
  readonly line: Thinned | undefined;
  readonly dots: Thinned | undefined;
  readonly band:
    | { readonly x: ArrayLike<number>; readonly low: ArrayLike<number>; readonly high: ArrayLike<number> }
    | undefined;
}

export interface View {
  readonly width: number;
  readonly height: number;
  readonly x: Range;
  readonly log: boolean;
  readonly threshold: number | undefined;
  /** Curves that the y axis has room for too: those of the charts beside it. */
  readonly company?: readonly Curve[];
}

const FONT = "12px system-ui, sans-serif";
const LABEL_FONT = "11px system-ui, sans-serif";
const LABEL = 14;
const LONGEST_LABEL = 26;
/** Below this width, labels would take the room of the lines. */
const LEAST_FOR_LABELS = 420;
/** Across the chart: lines need no more, and thick ones take long where they are noisy. */
const BUCKETS = 300;

export function pictureOf(ctx: CanvasRenderingContext2D, curves: readonly Curve[], view: View): Picture {
  const { width, height, x, log } = view;
  const threshold = log && !((view.threshold ?? 1) > 0) ? undefined : view.threshold;
  const strokesOf = ({ line, dots, band }: Curve): Strokes => ({
    line: line && thinned(line, BUCKETS, x, log),
    dots: dots && thinned(dots, Math.max(BUCKETS, width), x, log),
    band: line && band && { x: line.x, ...band },
  });
  const strokes = curves.map(strokesOf);
  const y = rangeOf([...strokes, ...(view.company ?? []).map(strokesOf)], x, log, threshold);
  const named = curves.filter(({ label }) => label !== false);
  const labels = named.length > 1 && width >= LEAST_FOR_LABELS;
  ctx.font = LABEL_FONT;
  const margin = labels ? 14 + Math.max(...named.map(({ name }) => ctx.measureText(cut(name)).width)) : 0;
  const leftOut = strokes.reduce((sum, { line, dots }) => sum + ((dots ?? line)?.leftOut ?? 0), 0);
  return { frame: frameOf({ width, height, margin, x, y, log }), curves, strokes, threshold, labels, leftOut };
}

function rangeOf(strokes: readonly Strokes[], [from, to]: Range, log: boolean, threshold: number | undefined): Range {
  let low = threshold ?? Number.POSITIVE_INFINITY;
  let high = threshold ?? Number.NEGATIVE_INFINITY;
  const see = (x: ArrayLike<number>, y: ArrayLike<number>): void => {
    for (let i = 0; i < x.length; i++) {
      // Infinity can't be drawn, and would take the whole axis.
      if (x[i] < from || x[i] > to || !Number.isFinite(y[i]) || (log && !(y[i] > 0))) continue;
      low = Math.min(low, y[i]);
      high = Math.max(high, y[i]);
    }
  };
  for (const { line, dots, band } of strokes) {
    if (line !== undefined) see(line.x, line.y);
    if (dots !== undefined) see(dots.x, dots.y);
    if (band !== undefined) {
      see(band.x, band.low);
      see(band.x, band.high);
    }
  }
  return around(low, high, log);
}

/** `ratio` is the number of device pixels in one of the picture. */
export function paint(ctx: CanvasRenderingContext2D, picture: Picture, inks: Inks, ratio: number): void {
  const { frame, curves, strokes, threshold } = picture;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, frame.width, frame.height);
  paintAxes(ctx, frame, inks);
  ctx.save();
  ctx.beginPath();
  ctx.rect(frame.left, frame.top - 4, frame.right - frame.left + 2, frame.bottom - frame.top + 8);
  ctx.clip();
  strokes.forEach(({ band }, i) => void (band && paintBand(ctx, frame, band, curves[i])));
  strokes.forEach(({ dots }, i) => void (dots && paintDots(ctx, frame, dots, curves[i])));
  if (threshold !== undefined) paintThreshold(ctx, frame, threshold, inks);
  strokes.forEach(({ line }, i) => void (line && paintLine(ctx, frame, line, curves[i], ratio)));
  ctx.restore();
  if (picture.labels) paintLabels(ctx, picture, inks);
}

function paintAxes(ctx: CanvasRenderingContext2D, frame: Frame, { quiet, grid }: Inks): void {
  const { left, right, bottom, xTicks, yTicks } = frame;
  ctx.font = FONT;
  ctx.lineWidth = 1;
  ctx.strokeStyle = grid;
  ctx.fillStyle = quiet;
  ctx.beginPath();
  ctx.textBaseline = "middle";
  ctx.textAlign = "right";
  for (const value of yTicks) {
    const y = Math.round(toY(frame, value)) + 0.5;
    ctx.moveTo(left, y);
    ctx.lineTo(right, y);
    ctx.fillText(short(value), left - 6, y);
  }
  ctx.stroke();
  ctx.textBaseline = "top";
  ctx.textAlign = "center";
  for (const value of xTicks) {
    const text = short(value);
    const half = ctx.measureText(text).width / 2;
    ctx.fillText(text, Math.min(toX(frame, value), frame.width - half - 1), bottom + 7);
  }
}

function paintBand(
  ctx: CanvasRenderingContext2D,
  frame: Frame,
  { x, low, high }: NonNullable<Strokes["band"]>,
  { colour, faded }: Curve,
): void {
  const bound = (y: number): number => (frame.log && !(y > 0) ? frame.bottom : toY(frame, y));
  ctx.beginPath();
  for (let i = 0; i < x.length; i++) ctx.lineTo(toX(frame, x[i]), bound(high[i]));
  for (let i = x.length - 1; i >= 0; i--) ctx.lineTo(toX(frame, x[i]), bound(low[i]));
  ctx.closePath();
  ctx.fillStyle = colour;
  ctx.globalAlpha = faded ? 0.1 : 0.2;
  ctx.fill();
  ctx.globalAlpha = 1;
}

function paintDots(
  ctx: CanvasRenderingContext2D,
  frame: Frame,
  { x, y }: Points,
  { colour, faded, line }: Curve,
): void {
  ctx.fillStyle = colour;
  ctx.globalAlpha = (faded ? 0.12 : 0.35) * (line === undefined ? 1.6 : 1);
  const size = 2.5;
  for (let i = 0; i < x.length; i++)
    if (!Number.isNaN(y[i])) ctx.fillRect(toX(frame, x[i]) - size / 2, toY(frame, y[i]) - size / 2, size, size);
  ctx.globalAlpha = 1;
}

function paintLine(
  ctx: CanvasRenderingContext2D,
  frame: Frame,
  { x, y }: Points,
  { colour, dash, faded, noisy, strong }: Curve,
  ratio: number,
): void {
  ctx.beginPath();
  let open = false;
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(y[i])) {
      open = false;
      continue;
    }
    const [left, top] = [toX(frame, x[i]), toY(frame, y[i])];
    if (open) ctx.lineTo(left, top);
    else {
      ctx.moveTo(left, top);
      // A point by itself is a dot.
      if (i + 1 >= x.length || !Number.isFinite(y[i + 1])) ctx.lineTo(left + 0.01, top);
    }
    open = true;
  }
  ctx.strokeStyle = colour;
  ctx.globalAlpha = faded ? 0.5 : 1;
  // A noisy line of more than one device pixel takes a hundred times as long.
  ctx.lineWidth = noisy ? 1 / ratio : strong ? 3.2 : 2;
  ctx.lineJoin = "bevel";
  ctx.lineCap = "round";
  ctx.setLineDash(noisy ? [] : [...DASHES[dash % DASHES.length]]);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

function paintThreshold(ctx: CanvasRenderingContext2D, frame: Frame, threshold: number, { quiet }: Inks): void {
  const y = Math.round(toY(frame, threshold)) + 0.5;
  ctx.strokeStyle = quiet;
  ctx.setLineDash([4, 4]);
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(frame.left, y);
  ctx.lineTo(frame.right, y);
  ctx.stroke();
  ctx.setLineDash([]);
}

function paintLabels(ctx: CanvasRenderingContext2D, { frame, curves, strokes }: Picture, { ink, quiet }: Inks): void {
  const ends = curves.flatMap((curve, i) => {
    const end = curve.label === false ? undefined : endOf(strokes[i], frame);
    return end === undefined ? [] : [{ curve, ...end }];
  });
  const placed = apart(
    ends.map(({ y }) => y),
    LABEL,
    frame.top + 2,
    frame.bottom - 2,
  );
  ctx.font = LABEL_FONT;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ends.forEach(({ curve }, i) => {
    ctx.globalAlpha = 1;
    ctx.fillStyle = curve.colour;
    ctx.fillRect(frame.right + 4, placed[i] - 4, 3, 8);
    ctx.fillStyle = curve.faded ? quiet : ink;
    ctx.fillText(cut(curve.name), frame.right + 10, placed[i]);
  });
}

/** The height of the last point that is seen. */
function endOf({ line, dots }: Strokes, frame: Frame): { readonly y: number } | undefined {
  const { x, y } = line ?? dots ?? { x: [], y: [] };
  for (let i = x.length - 1; i >= 0; i--)
    if (x[i] <= frame.x[1] && Number.isFinite(y[i])) return { y: toY(frame, y[i]) };
  return undefined;
}

function cut(name: string): string {
  return name.length <= LONGEST_LABEL ? name : `${name.slice(0, LONGEST_LABEL - 1)}…`;
}
