/**
 * Dark blue over grey to yellow. Lightness grows evenly along it, so that it reads the same to colour-blind readers and in
 * grey; and both ends stand apart from white and from black. The colours are anchors of cividis (Nuñez, Anderton and
 * Renslow, 2018), between which it is linear.
 */
const ANCHORS = [
  [0, 34, 78],
  [18, 53, 112],
  [59, 73, 108],
  [87, 93, 109],
  [112, 113, 115],
  [138, 134, 120],
  [165, 156, 116],
  [195, 179, 105],
  [225, 204, 85],
  [254, 232, 56],
] as const;

export type Rgb = readonly [red: number, green: number, blue: number];

/** The colour of a share from 0 to 1. */
export function colourAt(share: number): Rgb {
  const place = Math.min(1, Math.max(0, share)) * (ANCHORS.length - 1);
  const before = Math.min(ANCHORS.length - 2, Math.floor(place));
  const rest = place - before;
  const mixed = (channel: 0 | 1 | 2): number =>
    Math.round(ANCHORS[before][channel] * (1 - rest) + ANCHORS[before + 1][channel] * rest);
  return [mixed(0), mixed(1), mixed(2)];
}

export function cssOf([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** Black or white, whichever can be read on the colour. */
export function inkOn(share: number): string {
  return share > 0.47 ? "#000" : "#fff";
}

/** Where x lies between two ends. In the middle, if they are the same. */
export function shareOf(x: number, low: number, high: number): number {
  return high > low ? (x - low) / (high - low) : 0.5;
}
