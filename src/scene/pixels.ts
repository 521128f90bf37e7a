import { ConfigError } from "../errors.js";
import { ACROSS, DOWN, rasterise } from "./raster.js";
import type { Scene, SceneShape } from "./scene.js";
import { checkScene } from "./scene-fault.js";
import { strokes } from "./strokes.js";

/** A picture in pixels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 0xRRGGBB for each pixel, row by row from the top. */
  readonly colours: Int32Array;
}

/** Samples along one side of a pixel: a pixel is the mean of their colours, which smooths edges. */
const SIDE = 4;
const WHITE = "#ffffff";

/**
 * A scene in pixels, for formats without shapes. The height follows from the proportions of the view, rounded to an even
 * number. Texts are drawn with a font of strokes. Without a background, the ground is white.
 *
 * @throws ConfigError if the width is not a whole number from 16 to 4096, or the scene cannot be drawn
 */
export function toPixels(scene: Scene, { width }: { width: number }): Pixels {
  if (!(Number.isInteger(width) && width >= 16 && width <= 4096))
    throw new ConfigError({ field: "width", given: width, allowed: "a whole number of pixels from 16 to 4096" });
  checkScene(scene);
  const { left, right, bottom, top } = scene.view;
  const rows = Math.min(Math.max(Math.round((width * (top - bottom)) / (right - left) / (DOWN / SIDE)), 1), 2048);
  const columns = (width * SIDE) / ACROSS;
  const hair = (right - left) / width;
  const shapes = scene.shapes.flatMap((shape) => drawn(shape, hair));
  const background = scene.background ?? WHITE;
  const { samples } = rasterise({ ...scene, background, shapes }, columns, rows, { x: [0], y: [0] });
  const height = (rows * DOWN) / SIDE;
  const colours = new Int32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) colours[y * width + x] = mean(samples, columns * ACROSS, x * SIDE, y * SIDE);
  }
  return { width, height, colours };
}

/** Gives lines that have no width one of a pixel, and writes texts in strokes. */
function drawn(shape: SceneShape, hair: number): readonly SceneShape[] {
  if (shape.kind === "text") return strokes(shape);
  return [{ ...shape, width: Math.max(shape.width ?? hair, hair) }];
}

/** The mean colour of a square of samples. Most squares have one colour, which takes no arithmetic to see. */
function mean(samples: Int32Array, across: number, left: number, top: number): number {
  const first = samples[top * across + left];
  for (let y = top; y < top + SIDE; y++) {
    const start = y * across + left;
    for (let i = start; i < start + SIDE; i++) if (samples[i] !== first) return mixed(samples, across, left, top);
  }
  return first;
}

function mixed(samples: Int32Array, across: number, left: number, top: number): number {
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let y = top; y < top + SIDE; y++) {
    const start = y * across + left;
    for (let i = start; i < start + SIDE; i++) {
      red += samples[i] >> 16;
      green += (samples[i] >> 8) & 255;
      blue += samples[i] & 255;
    }
  }
  const part = (total: number): number => Math.round(total / (SIDE * SIDE));
  return (part(red) << 16) | (part(green) << 8) | part(blue);
}
