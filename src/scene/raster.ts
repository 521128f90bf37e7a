/**
 * Turns a scene into a grid of colours. Distances decide what a circle or a line covers, so no trigonometry is needed.
 */

import { CLEAR, type Rgb, toRgb } from "./ansi.js";
import { letters } from "./letters.js";
import { placement } from "./placement.js";
import type { Point, Scene, SceneShape } from "./scene.js";

/** Samples per terminal cell. A cell is twice as high as it is wide, so a sample is a square. */
export const ACROSS = 4;
export const DOWN = 8;

/** The width of the thinnest line: half a cell, which is one braille dot or one quarter block. */
const HAIR = 2;

export interface Raster {
  readonly columns: number;
  readonly rows: number;
  /** Row by row, `columns · ACROSS` samples in a row. An unpainted sample is `CLEAR`. */
  readonly samples: Int32Array;
  readonly background: Rgb;
  /** For each cell, the letter of a text that is visible there, and its colour in `inks`. */
  readonly letters: (string | undefined)[];
  readonly inks: Int32Array;
}

/** The offsets within a cell at which a thin vertical (`x`) or horizontal (`y`) line can be drawn exactly. */
export interface Tracks {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export function rasterise(scene: Scene, columns: number, rows: number, tracks: Tracks): Raster {
  const width = columns * ACROSS;
  const height = rows * DOWN;
  const background = scene.background === undefined ? CLEAR : toRgb(scene.background);
  const samples = new Int32Array(width * height).fill(background);
  const texts: (string | undefined)[] = new Array(columns * rows).fill(undefined);
  const inks = new Int32Array(columns * rows);
  const { measure, place } = placement(scene.view, width, height);

  function put(x: number, y: number, colour: Rgb): void {
    samples[y * width + x] = colour;
    // A shape that covers the middle of a cell hides its letter.
    if (x % ACROSS === ACROSS / 2 && y % DOWN === DOWN / 2)
      texts[((y - DOWN / 2) / DOWN) * columns + (x - ACROSS / 2) / ACROSS] = undefined;
  }
  /** Paints those samples of a rectangle whose centres satisfy `isInside`. */
  function within(from: Point, to: Point, isInside: (x: number, y: number) => boolean, colour: Rgb): void {
    const last = { x: Math.min(Math.floor(to[0]), width - 1), y: Math.min(Math.floor(to[1]), height - 1) };
    for (let y = Math.max(Math.floor(from[1]), 0); y <= last.y; y++) {
      for (let x = Math.max(Math.floor(from[0]), 0); x <= last.x; x++) {
        if (isInside(x + 0.5, y + 0.5)) put(x, y, colour);
      }
    }
  }
  function stroke(points: readonly Point[], lineWidth: number | undefined, colour: Rgb): void {
    const reach = strokeReach(lineWidth);
    for (let i = 1; i < points.length; i++) {
      const [a, b] = reach > HAIR / 2 ? [points[i - 1], points[i]] : onTracks(points[i - 1], points[i]);
      const from: Point = [Math.min(a[0], b[0]) - reach, Math.min(a[1], b[1]) - reach];
      const to: Point = [Math.max(a[0], b[0]) + reach, Math.max(a[1], b[1]) + reach];
      within(from, to, (x, y) => squareToSegment(x, y, a, b) <= reach * reach, colour);
    }
  }
  function onTracks([ax, ay]: Point, [bx, by]: Point): [Point, Point] {
    const x = ax === bx ? nearestTrack(ax, tracks.x, ACROSS, width) : undefined;
    const y = ay === by ? nearestTrack(ay, tracks.y, DOWN, height) : undefined;
    return [
      [x ?? ax, y ?? ay],
      [x ?? bx, y ?? by],
    ];
  }
  function strokeReach(lineWidth: number | undefined): number {
    return Math.max(measure(lineWidth ?? 0), HAIR) / 2;
  }
  function fill(points: readonly Point[], colour: Rgb): void {
    const heights = points.map(([, y]) => y);
    const last = Math.min(
      heights.reduce((a, b) => Math.max(a, b), -Infinity),
      height - 1,
    );
    for (let y = Math.max(Math.floor(heights.reduce((a, b) => Math.min(a, b), Infinity)), 0); y <= last; y++) {
      for (const [from, to] of insideSpans(points, y + 0.5)) {
        const end = Math.min(Math.ceil(to - 0.5), width);
        for (let x = Math.max(Math.ceil(from - 0.5), 0); x < end; x++) put(x, y, colour);
      }
    }
  }
  function disc({
    centre,
    radius,
    fill: inner,
    stroke: rim,
    width: rimWidth,
  }: Extract<SceneShape, { kind: "circle" }>): void {
    const [cx, cy] = place(centre);
    const r = measure(radius);
    const reach = rim === undefined ? 0 : strokeReach(rimWidth);
    const outer = r + reach;
    const square = (x: number, y: number): number => (x - cx) * (x - cx) + (y - cy) * (y - cy);
    const from: Point = [cx - outer, cy - outer];
    const to: Point = [cx + outer, cy + outer];
    if (inner !== undefined) within(from, to, (x, y) => square(x, y) <= r * r, toRgb(inner));
    if (rim !== undefined) {
      const hole = Math.max(r - reach, 0);
      within(from, to, (x, y) => square(x, y) <= outer * outer && square(x, y) >= hole * hole, toRgb(rim));
    }
  }
  function write({ at: where, text, size, fill: ink, align = "left" }: Extract<SceneShape, { kind: "text" }>): void {
    const glyphs = letters(text);
    const [x, baseline] = place(where);
    // The terminal's letters cannot shrink. A text that takes far more room than it should would hide the picture.
    const ownWidth = (0.6 * measure(size) * glyphs.length) / ACROSS;
    if (glyphs.length > 1 && glyphs.length > 1.8 * ownWidth + 1) return;
    const row = Math.floor((baseline - 0.35 * measure(size)) / DOWN);
    const before = { left: 0, centre: glyphs.length / 2, right: glyphs.length }[align];
    const first = Math.round(x / ACROSS - before);
    if (row < 0 || row >= rows) return;
    glyphs.forEach((glyph, i) => {
      const column = first + i;
      if (column < 0 || column >= columns) return;
      texts[row * columns + column] = glyph;
      inks[row * columns + column] = toRgb(ink);
    });
  }

  for (const shape of scene.shapes) {
    if (shape.kind === "text") write(shape);
    else if (shape.kind === "circle") disc(shape);
    else {
      const points = shape.points.map(place);
      if (shape.kind === "polygon" && shape.fill !== undefined) fill(points, toRgb(shape.fill));
      const path = shape.kind === "polygon" && points.length > 0 ? [...points, points[0]] : points;
      if (shape.stroke !== undefined) stroke(path, shape.width, toRgb(shape.stroke));
    }
  }
  return { columns, rows, samples, background, letters: texts, inks };
}

/** The parts of a horizontal line that lie inside a polygon, by the nonzero winding rule, as in SVG. */
function insideSpans(points: readonly Point[], y: number): [from: number, to: number][] {
  const crossings: { x: number; turn: number }[] = [];
  points.forEach(([x1, y1], i) => {
    const [x2, y2] = points[(i + 1) % points.length];
    if (y1 <= y === y2 <= y) return;
    crossings.push({ x: x1 + ((y - y1) * (x2 - x1)) / (y2 - y1), turn: y1 < y2 ? 1 : -1 });
  });
  crossings.sort((a, b) => a.x - b.x);
  const spans: [number, number][] = [];
  let turns = 0;
  for (let i = 0; i + 1 < crossings.length; i++) {
    turns += crossings[i].turn;
    if (turns !== 0) spans.push([crossings[i].x, crossings[i + 1].x]);
  }
  return spans;
}

/** The track nearest to a place. It is about one sample away, which shows less than a blurred line would. */
function nearestTrack(place: number, offsets: readonly number[], period: number, size: number): number {
  const cell = Math.floor(place / period) * period;
  const tracks = [offsets.at(-1)! - period, ...offsets, offsets[0] + period].map((offset) => cell + offset);
  const inside = tracks.filter((track) => track >= 0 && track <= size);
  // A place far outside the raster has no track, and needs none because it is invisible.
  return inside.reduce(
    (best, track) => (Math.abs(track - place) < Math.abs(best - place) ? track : best),
    inside[0] ?? place,
  );
}

/** The squared distance from a point to the segment between a and b. */
function squareToSegment(x: number, y: number, [ax, ay]: Point, [bx, by]: Point): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / length, 0), 1);
  const offX = x - (ax + along * dx);
  const offY = y - (ay + along * dy);
  return offX * offX + offY * offY;
}
