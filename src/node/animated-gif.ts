import { checkFrames } from "../scene/animated-svg.js";
import { toPixels } from "../scene/pixels.js";
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
  const palette = paletteOf(shown, width);
  const nearest = nearestIn(palette);
  const gif = gifenc.GIFEncoder();
  const begins = (frame: number): number => Math.round((100 * every * frame) / framesPerSecond);
  let before: Int32Array | undefined;
  let size: { readonly width: number; readonly height: number } | undefined;
  shown.forEach((scene, i) => {
    const { colours, ...own } = toPixels({ ...scene, view: scenes[0].view }, { width });
    size ??= own;
    const last = i === shown.length - 1;
    gif.writeFrame(
      Uint8Array.from(colours, (colour, k) => (before?.[k] === colour ? AS_BEFORE : nearest(colour))),
      size.width,
      size.height,
      {
        ...(i === 0 ? { palette: padded(palette) } : {}),
        delay: 10 * (last ? LAST : begins(i + 1) - begins(i)),
        transparent: i > 0,
        transparentIndex: AS_BEFORE,
        dispose: 1,
      },
    );
    before = colours;
  });
  gif.finish();
  return gif.bytes();
}

/** The colours of a sample of the frames: the commonest exactly, the others by nearness. */
function paletteOf(scenes: readonly Scene[], width: number): Palette {
  const every = Math.ceil(scenes.length / LOOKED_AT);
  const counts = new Map<number, number>();
  for (const scene of scenes.filter((_, i) => i % every === 0)) {
    for (const colour of toPixels(scene, { width }).colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
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
