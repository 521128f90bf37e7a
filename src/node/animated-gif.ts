import { checkFrames } from "../scene/animated-svg.js";
import { type Pixels, toPixels } from "../scene/pixels.js";
import type { Scene } from "../scene/scene.js";
import { gifenc, type Palette } from "./gifenc.js";

/** The size and the speed of an animation. */
export interface AnimatedGifOptions {
  /** In pixels; 400 unless given. The height follows from the proportions of the first scene's view. */
  readonly width?: number | undefined;
  /** 30 unless given. Players slow frames down that last less than 1/50 s, so of a faster rate some are left out. */
  readonly framesPerSecond?: number | undefined;
}

/** The most frames that are looked at to choose the colours. */
const LOOKED_AT = 32;
/** A palette has 256 entries: the commonest colours as they are, others as near as possible, and "as before". */
const EXACT = 128;
const NEAR = 127;
const AS_BEFORE = 255;
/** Hundredths of a second. */
const SHORTEST = 2;
const LAST = 100;

/**
 * Scenes as an animated GIF that plays in a loop and rests for a second on its last frame. The same scenes always give
 * the same bytes. GIFs have 256 colours, which flat shapes and their smooth edges rarely exceed.
 *
 * @throws ConfigError if there is no scene, one cannot be drawn, or an option is out of its range
 */
export function animatedGif(
  scenes: readonly Scene[],
  { width = 400, framesPerSecond = 30 }: AnimatedGifOptions = {},
): Uint8Array<ArrayBuffer> {
  checkFrames(scenes, framesPerSecond);
  const every = Math.ceil((SHORTEST * framesPerSecond) / 100);
  const shown = scenes.filter((_, i) => i % every === 0 || i === scenes.length - 1);
  const draw = (scene: Scene): Pixels => toPixels({ ...scene, view: scenes[0].view }, { width });
  // Drawing takes most of the time, so the frames that the colours are chosen from are kept.
  const lookedAt = new Map(sampleOf(shown).map((scene) => [scene, draw(scene)]));
  const palette = paletteOf([...lookedAt.values()]);
  const nearest = nearestIn(palette);
  const gif = gifenc.GIFEncoder();
  const begins = (frame: number): number => Math.round((100 * every * frame) / framesPerSecond);
  let before: Int32Array | undefined;
  let size: { readonly width: number; readonly height: number } | undefined;
  shown.forEach((scene, i) => {
    const { colours, ...own } = lookedAt.get(scene) ?? draw(scene);
    size ??= own;
    const last = i === shown.length - 1;
    gif.writeFrame(indices(colours, before, nearest), size.width, size.height, {
      ...(i === 0 ? { palette: padded(palette) } : {}),
      delay: 10 * (last ? LAST : begins(i + 1) - begins(i)),
      transparent: i > 0,
      transparentIndex: AS_BEFORE,
      dispose: 1,
    });
    before = colours;
  });
  gif.finish();
  return gif.bytes();
}

/** The entry of the palette for each pixel, or the one for what has not changed. */
function indices(colours: Int32Array, before: Int32Array | undefined, nearest: (colour: number) => number): Uint8Array {
  const found = new Uint8Array(colours.length);
  let colour = -1;
  let index = 0;
  for (let k = 0; k < colours.length; k++) {
    if (before !== undefined && before[k] === colours[k]) {
      found[k] = AS_BEFORE;
      continue;
    }
    // Neighbours mostly have one colour.
    if (colours[k] !== colour) {
      colour = colours[k];
      index = nearest(colour);
    }
    found[k] = index;
  }
  return found;
}

function sampleOf(scenes: readonly Scene[]): readonly Scene[] {
  const every = Math.ceil(scenes.length / LOOKED_AT);
  return scenes.filter((_, i) => i % every === 0);
}

/** The colours of some frames: the commonest exactly, the others by nearness. */
function paletteOf(frames: readonly Pixels[]): Palette {
  const counts = new Map<number, number>();
  for (const { colours } of frames) {
    for (let k = 0; k < colours.length; ) {
      const colour = colours[k];
      const first = k++;
      while (k < colours.length && colours[k] === colour) k++;
      counts.set(colour, (counts.get(colour) ?? 0) + k - first);
    }
  }
  const colours = [...counts].sort(([a, often], [b, rarely]) => rarely - often || a - b).map(([colour]) => colour);
  const exact = colours.slice(0, colours.length <= EXACT + NEAR ? EXACT + NEAR : EXACT);
  const others = colours.slice(exact.length).flatMap((colour) => [...channels(colour), 255]);
  const near = others.length === 0 ? [] : gifenc.quantize(Uint8Array.from(others), NEAR);
  return [...exact.map(channels), ...near.map(([red, green, blue]) => [red, green, blue])];
}

function nearestIn(palette: Palette): (colour: number) => number {
  const known = new Map<number, number>();
  return (colour) => {
    let index = known.get(colour);
    if (index === undefined) {
      index = gifenc.nearestColorIndex(palette, channels(colour));
      known.set(colour, index);
    }
    return index;
  };
}

function padded(palette: Palette): Palette {
  return [...palette, ...new Array<number[]>(256 - palette.length).fill([0, 0, 0])];
}

function channels(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}
