/**
 * Letters as strokes, for pictures in pixels: a plotter's font, since nothing here knows the fonts of a system.
 *
 * A glyph is a list of strokes, and a stroke a list of points, two digits each: x from 0, and y from 0 (descenders) over 2
 * (the baseline) and 6 (the height of x) to 8 (the height of X).
 */

import type { Point, SceneShape } from "./scene.js";

const GLYPHS: Readonly<Record<string, string>> = {
  A: "022842 1535",
  B: "02083847463505 3544433202",
  C: "4738180703123243",
  D: "02082846442202",
  E: "48080242 0535",
  F: "480802 0535",
  G: "47381807031232434525",
  H: "0802 4842 0545",
  I: "0828 1812 0222",
  J: "3833221203",
  K: "0802 4804 1542",
  L: "080242",
  M: "0208254842",
  N: "02084248",
  O: "180703123243473818",
  P: "02083847463505",
  Q: "180703123243473818 2442",
  R: "02083847463505 2542",
  S: "473818070615354443321203",
  T: "0848 2822",
  U: "080312324348",
  V: "082248",
  W: "0812263248",
  X: "0842 4802",
  Y: "082548 2522",
  Z: "08480242",
  a: "4642 4536160503123243",
  b: "0802 0516364543321203",
  c: "4536160503123243",
  d: "4842 4536160503123243",
  e: "04444536160503123243",
  f: "38281712 0626",
  g: "4641301001 4536160503123243",
  h: "0802 0516364542",
  i: "0602 0808",
  j: "161100 1818",
  k: "0802 3603 1432",
  l: "0802",
  m: "0602 05162522 25364542",
  n: "0602 0516364542",
  o: "160503123243453616",
  p: "0600 0516364543321203",
  q: "4640 4536160503123243",
  r: "0602 051636",
  s: "45361605143443321203",
  t: "18132232 0636",
  u: "0603123243 4642",
  v: "062246",
  w: "0612253246",
  x: "0642 4602",
  y: "0622 4610",
  z: "06460242",
  "0": "180703123243473818",
  "1": "072822",
  "2": "07183847460242",
  "3": "07183847463525 354443321203",
  "4": "380444 3832",
  "5": "480805354443321203",
  "6": "4738180703123243443505",
  "7": "084812",
  "8": "180706153546473818 1504031232434435",
  "9": "4515060718384743321203",
  " ": "",
  "!": "0804 0202",
  '"': "0806 1816",
  "#": "1812 3832 0646 0444",
  $: "473818070615354443321203 2921",
  "%": "4802 0707 4343",
  "&": "420718270403122244",
  "'": "0806",
  "(": "18060412",
  ")": "08161402",
  "*": "2723 0644 0446",
  "+": "0545 2723",
  ",": "120211",
  "-": "0535",
  ".": "0202",
  "/": "0248",
  ":": "0202 0505",
  ";": "1201 1515",
  "<": "370533",
  "=": "0646 0444",
  ">": "073503",
  "?": "07183847462524 2222",
  "@": "362625243436444738180703123242",
  "[": "18080212",
  "\\": "0842",
  "]": "08181202",
  "^": "062846",
  _: "0141",
  "`": "0817",
  "{": "28171605141322",
  "|": "0801",
  "}": "08171625141302",
  "~": "05163445",
};
/** A box, for a character without a glyph. */
const UNKNOWN = "0208484202";

/** Sizes as fractions of the em square. */
const ACROSS = 0.1;
const UP = 0.12;
const GAP = 0.16;
const PEN = 0.09;
const BASELINE = 2;

/** A text as lines in the same place. Accents are dropped, and a character without a glyph becomes a box. */
export function strokes({
  at: [x, y],
  text,
  size,
  fill,
  align = "left",
}: Extract<SceneShape, { kind: "text" }>): SceneShape[] {
  const glyphs = Array.from(text.normalize("NFD").replaceAll(/\p{M}/gu, ""), glyphOf);
  const width = glyphs.reduce((total, glyph) => total + advance(glyph), -GAP);
  let from = x - { left: 0, centre: width / 2, right: width }[align] * size;
  return glyphs.flatMap((glyph) => {
    const lines = glyph.strokes.map((points): SceneShape => {
      const placed = points.map(([across, up]): Point => [from + across * ACROSS * size, y + up * UP * size]);
      return { kind: "line", points: placed, stroke: fill, width: PEN * size };
    });
    from += advance(glyph) * size;
    return lines;
  });
}

interface Glyph {
  readonly strokes: readonly (readonly Point[])[];
  readonly columns: number;
}

function glyphOf(letter: string): Glyph {
  const written = Object.hasOwn(GLYPHS, letter) ? GLYPHS[letter] : UNKNOWN;
  const strokes = written
    .split(" ")
    .map((stroke) => Array.from(stroke.matchAll(/(\d)(\d)/g), ([, x, y]): Point => [Number(x), Number(y) - BASELINE]));
  const blank = written === "" ? 2 : 0;
  return { strokes, columns: strokes.flat().reduce((widest, [x]) => Math.max(widest, x), blank) };
}

function advance({ columns }: Glyph): number {
  return columns * ACROSS + GAP;
}
