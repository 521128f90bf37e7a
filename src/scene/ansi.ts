/** Colours of a terminal as escape sequences. */

/** The colours that a terminal can show: none, xterm's 256, or 24 bits. */
export type ColourDepth = "none" | "256" | "24-bit";

/** Red, green and blue in one number, 0xRRGGBB. */
export type Rgb = number;

/** An unpainted sample; it shows the terminal's own colour. */
export const CLEAR = -1;

export const RESET = "\x1b[0m";

export const toRgb = (colour: string): Rgb => Number.parseInt(colour.slice(1), 16);

/** The escape sequence that selects a colour for letters (`ink`) or for the background behind them (`ground`). */
export function select(plane: "ink" | "ground", colour: Rgb, depth: ColourDepth): string {
  if (depth === "none") return "";
  if (colour === CLEAR) return plane === "ink" ? "\x1b[39m" : "\x1b[49m";
  const kind = plane === "ink" ? 38 : 48;
  if (depth === "256") return `\x1b[${kind};5;${nearest256(colour)}m`;
  return `\x1b[${kind};2;${colour >> 16};${(colour >> 8) & 255};${colour & 255}m`;
}

/** The squared distance between two colours, at most 3 · 255². */
export function distance(a: Rgb, b: Rgb): number {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return red * red + green * green + blue * blue;
}

const CUBE = [0, 95, 135, 175, 215, 255] as const;

/** xterm's palette: colours 16 to 231 are a cube of six levels per channel, 232 to 255 are greys from 8 to 238. */
function nearest256(colour: Rgb): number {
  const [red, green, blue] = [colour >> 16, (colour >> 8) & 255, colour & 255].map(nearestLevel);
  const inCube = (CUBE[red] << 16) | (CUBE[green] << 8) | CUBE[blue];
  const mean = ((colour >> 16) + ((colour >> 8) & 255) + (colour & 255)) / 3;
  const step = Math.min(Math.max(Math.round((mean - 8) / 10), 0), 23);
  const grey = (8 + 10 * step) * 0x010101;
  return distance(colour, grey) < distance(colour, inCube) ? 232 + step : 16 + 36 * red + 6 * green + blue;
}

function nearestLevel(value: number): number {
  let best = 0;
  for (let i = 1; i < CUBE.length; i++) {
    if (Math.abs(CUBE[i] - value) < Math.abs(CUBE[best] - value)) best = i;
  }
  return best;
}
