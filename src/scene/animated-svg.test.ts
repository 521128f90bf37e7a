import { expect, test } from "vitest";
import { animatedSvg } from "./animated-svg.js";

const scene = (x: number) =>
  ({
    view: { left: 0, right: 4, bottom: 0, top: 2 },
    shapes: [{ kind: "circle", centre: [x, 1], radius: 0.5, fill: "#ff0000" }],
  }) as const;

const svg = animatedSvg([scene(1), scene(2), scene(3)], { width: 400, framesPerSecond: 10 });

test("each frame is seen for its moment of the loop", () => {
  expect(svg).toContain('dur="0.3s"');
  const begins = [...svg.matchAll(/to="visible" begin="loop\.begin\+([\d.]+)s" dur="0\.1s"/g)].map(
    ([, begin]) => begin,
  );
  expect(begins).toEqual(["0", "0.1"]);
  expect([...svg.matchAll(/cx="(\d+)"/g)].map(([, cx]) => cx)).toEqual(["100", "200", "300"]);
});

test("the last frame stays where nothing animates, and is hidden until its turn where something does", () => {
  const groups = svg.split("\n").filter((line) => line.startsWith('<g visibility="visible">'));
  expect(groups).toHaveLength(1);
  expect(groups[0]).toContain('cx="300"');
  expect(groups[0]).toContain('to="hidden" begin="loop.begin" dur="0.2s"');
});
