import { createRequire } from "node:module";

/** A palette: red, green and blue of each entry. */
export type Palette = number[][];

/** The part of the package `gifenc` that writes our animations; it has no types of its own. */
export interface Gifenc {
  GIFEncoder(): {
    writeFrame(index: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  };
  /** A palette of at most `most` colours for pixels of red, green, blue and alpha. */
  quantize(rgba: Uint8Array, most: number): Palette;
  nearestColorIndex(palette: Palette, colour: number[]): number;
}

interface FrameOptions {
  /** Given with the first frame, it is the palette of all of them. */
  readonly palette?: Palette;
  /** Milliseconds, rounded to hundredths of a second. */
  readonly delay: number;
  readonly transparent: boolean;
  readonly transparentIndex: number;
  /** 1: the next frame is drawn on top of this one. */
  readonly dispose: 1;
}

// The package is CommonJS, whose exports Node and a bundler of tests import differently. `require` gives them as they are.
const require = createRequire(import.meta.url);

export const gifenc: Gifenc = require("gifenc");
