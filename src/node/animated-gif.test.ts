import { expect, it } from "vitest";
import type { Scene } from "../scene/scene.js";
import { animatedGif } from "./animated-gif.js";

const scene = (x: number): Scene => ({
  view: { left: 0, right: 4, bottom: 0, top: 2 },
  background: "#102030",
  shapes: [{ kind: "circle", centre: [x, 1], radius: 0.5, fill: "#ff0000" }],
});
const scenes = [1, 1.5, 2, 2.5, 3, 3.5].map(scene);

interface Frame {
  /** Hundredths of a second. */
  readonly delay: number;
  readonly transparent: boolean;
  readonly size: readonly [width: number, height: number];
  readonly hasOwnColours: boolean;
  readonly bytes: number;
}

/** The blocks of a GIF89a file, without unpacking its pixels. */
function read(gif: Uint8Array): { size: number[]; colours: number[]; loops: boolean; frames: Frame[] } {
  const view = new DataView(gif.buffer, gif.byteOffset);
  const text = (from: number, length: number): string => String.fromCharCode(...gif.subarray(from, from + length));
  expect(text(0, 6)).toBe("GIF89a");
  const frames: Frame[] = [];
  let control = { delay: 0, transparent: false };
  let loops = false;
  let at = 13 + 3 * 256;
  const skip = (): number => {
    const from = at;
    while (gif[at] !== 0) at += gif[at] + 1;
    at++;
    return at - from;
  };
  for (;;) {
    const kind = gif[at++];
    if (kind === 0x3b) break;
    if (kind === 0x21) {
      if (gif[at] === 0xf9) control = { delay: view.getUint16(at + 3, true), transparent: (gif[at + 2] & 1) === 1 };
      loops ||= text(at + 2, 11) === "NETSCAPE2.0";
      at++;
      skip();
    } else {
      expect(kind).toBe(0x2c);
      const size = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)] as const;
      const hasOwnColours = gif[at + 8] >> 7 === 1;
      at += 10;
      frames.push({ ...control, size, hasOwnColours, bytes: skip() });
    }
  }
  expect(at).toBe(gif.length);
  return {
    size: [view.getUint16(6, true), view.getUint16(8, true)],
    colours: [...gif.subarray(13, 19)],
    loops,
    frames,
  };
}

it("a GIF has a frame for each scene, plays in a loop, and rests on its last frame", () => {
  const { size, loops, frames } = read(animatedGif(scenes, { width: 80, framesPerSecond: 30 }));
  expect(size).toEqual([80, 40]);
  expect(loops).toBe(true);
  expect(frames.map(({ delay }) => delay)).toEqual([3, 4, 3, 3, 4, 100]); // 3.33 on average
  expect(frames.every((frame) => frame.size.join() === "80,40" && !frame.hasOwnColours)).toBe(true);
});

it("the commonest colours are exact, and come first", () => {
  const { colours } = read(animatedGif(scenes, { width: 80 }));
  expect(colours).toEqual([0x10, 0x20, 0x30, 0xff, 0, 0]);
});

it("later frames hold only what has changed", () => {
  const { frames } = read(animatedGif([scene(1), scene(1), scene(3)], { width: 200 }));
  expect(frames.map(({ transparent }) => transparent)).toEqual([false, true, true]);
  expect(frames[1].bytes).toBeLessThan(frames[0].bytes / 2);
});

it("frames that would last less than 1/50 s are left out, but not the last one, and the speed stays", () => {
  const many = Array.from({ length: 101 }, (_, i) => scene(i / 25));
  const { frames } = read(animatedGif(many, { width: 16, framesPerSecond: 120 }));
  const seconds = frames.slice(0, -1).reduce((total, { delay }) => total + delay, 0) / 100;
  expect(frames).toHaveLength(35);
  expect(Math.min(...frames.map(({ delay }) => delay))).toBe(2);
  expect(seconds).toBeCloseTo(100 / 120, 1);
});

it("scenes with more than 256 colours are shown too", () => {
  const shapes = Array.from({ length: 400 }, (_, i) => ({
    kind: "circle" as const,
    centre: [(i % 20) / 5 + 0.1, Math.floor(i / 20) / 10 + 0.05] as const,
    radius: 0.04,
    fill: `#${(i * 41_943).toString(16).padStart(6, "0")}` as const,
  }));
  const { frames } = read(animatedGif([{ ...scene(0), shapes }], { width: 200 }));
  expect(frames).toHaveLength(1);
});

it("the same scenes give the same bytes", () => {
  expect(animatedGif(scenes, { width: 64 })).toEqual(animatedGif(scenes, { width: 64 }));
});

it("refuses what can't be animated, by name", () => {
  expect(() => animatedGif([])).toThrow("scenes: got [], allowed is at least one");
  expect(() => animatedGif(scenes, { width: 8 })).toThrow("width: got 8, allowed is a whole number of pixels from 16");
  expect(() => animatedGif(scenes, { framesPerSecond: 0 })).toThrow("framesPerSecond: got 0");
  expect(() => animatedGif(scenes, { framesPerSecond: Number.NaN })).toThrow("framesPerSecond: got NaN");
});
