/** The letters of charts: their size, and texts as SVG. */

import { decimal, escapeXml } from "../scene/xml.js";

const FONT = 12;
/** The approximate width of a letter; the font's own measure is not available here. */
export const LETTER: number = 0.56 * FONT;
/** The height of a line of text. */
export const LINE = 18;

/** The first tag of a chart. Text and axes take the colour of the surrounding page. */
export function openSvg({
  width,
  height,
  label,
}: {
  readonly width: number;
  readonly height: number;
  readonly label: string;
}): string {
  const size = `width="${decimal(width)}" height="${decimal(height)}" viewBox="0 0 ${decimal(width)} ${decimal(height)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escapeXml(label)}" font-family="ui-sans-serif,system-ui,sans-serif" font-size="${FONT}" fill="currentColor">`;
}

/** A text around the middle of an interval, moved so that it stays within the width of the drawing. */
export function caption(text: string, interval: readonly [from: number, to: number], y: number, width: number): string {
  const half = (LETTER * text.length) / 2;
  const middle = (interval[0] + interval[1]) / 2;
  return note(text, Math.max(half + 4, Math.min(middle, width - half - 4)), y, "middle");
}

/** A text at a place; `anchor` is the part of it that is there. */
export function note(text: string, x: number, y: number, anchor: "start" | "middle" | "end"): string {
  return `<text x="${decimal(x)}" y="${decimal(y)}" text-anchor="${anchor}">${escapeXml(text)}</text>`;
}
