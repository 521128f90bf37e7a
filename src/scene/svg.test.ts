import fc from "fast-check";
import { expect, it } from "vitest";
import { someScene } from "../../test/some-scene.js";
import type { Scene } from "./scene.js";
import { toSvg } from "./svg.js";

const view = { left: -2, right: 2, bottom: 0, top: 1 };

it("a scene becomes one element per shape, in order, with y flipped, lengths scaled, and hairlines one pixel wide", () => {
  const scene: Scene = {
    view,
    background: "#ffffff",
    shapes: [
      {
        kind: "line",
        points: [
          [-2, 0],
          [2, 0.5],
        ],
        stroke: "#000000",
      },
      {
        kind: "polygon",
        points: [
          [0, 0],
          [1, 0],
          [1, 1 / 3],
        ],
        fill: "#112233",
        stroke: "#445566",
        width: 0.02,
      },
      { kind: "circle", centre: [0, 0.5], radius: 0.1, fill: "#abcdef" },
      { kind: "text", at: [2, 1], text: "end", size: 0.25, fill: "#000000", align: "right" },
    ],
  };
  expect(toSvg(scene, { width: 400 }).split("\n")).toEqual([
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100" viewBox="0 0 400 100" stroke-linecap="round" stroke-linejoin="round">',
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    '<polyline points="0,100 400,50" fill="none" stroke="#000000" stroke-width="1"/>',
    '<polygon points="200,100 300,100 300,66.67" fill="#112233" stroke="#445566" stroke-width="2"/>',
    '<circle cx="200" cy="50" r="10" fill="#abcdef"/>',
    '<text x="400" y="0" font-family="ui-sans-serif,system-ui,sans-serif" font-size="25" text-anchor="end" fill="#000000">end</text>',
    "</svg>",
  ]);
});

it("texts are escaped, and characters that XML cannot hold are replaced", () => {
  const text = (value: string): string =>
    toSvg({ view, shapes: [{ kind: "text", at: [0, 0], text: value, size: 1, fill: "#000000" }] }, { width: 10 });
  expect(text(`</text><script>alert("1 & 2")</script>`)).toContain(
    ">&lt;/text&gt;&lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;</text>",
  );
  expect(text("a\u0000b\ud800c\uffffd ½ 🎲")).toContain(">a b\ufffdc\ufffdd ½ 🎲</text>");
});

it("any scene gives balanced elements and finite numbers, and the same text each time", () => {
  fc.assert(
    fc.property(someScene, fc.integer({ min: 1, max: 2000 }), (scene, width) => {
      const svg = toSvg(scene, { width });
      expect(toSvg(scene, { width })).toBe(svg);
      const lines = svg.split("\n");
      expect(lines).toHaveLength(scene.shapes.length + 2 + (scene.background === undefined ? 0 : 1));
      for (const line of lines.slice(1, -1))
        expect(line).toMatch(/^<(rect|polyline|polygon|circle|text) [^<>]*(\/>|>[^<>]*<\/text>)$/);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }),
    { seed: 1 },
  );
});

it("a scene that cannot be drawn is an error that says why", () => {
  const shapes = [{ kind: "circle", centre: [NaN, 0], radius: 1, fill: "#000000" }] as const;
  expect(() => toSvg({ view, shapes }, { width: 10 })).toThrow("shapes[0] has the coordinate NaN");
  expect(() => toSvg({ view: { ...view, top: 0 }, shapes: [] }, { width: 10 })).toThrow("has no area");
  const red = [{ kind: "line", points: [], stroke: '"/><script' as "#" }] as const;
  expect(() => toSvg({ view, shapes: red }, { width: 10 })).toThrow("has the colour");
  expect(() => toSvg({ view, background: "#fff", shapes: [] }, { width: 10 })).toThrow("background");
  const inside = [{ kind: "circle", centre: [0, 0], radius: -1, fill: "#000000" }] as const;
  expect(() => toSvg({ view, shapes: inside }, { width: 10 })).toThrow("the length -1");
  expect(() => toSvg({ view, shapes: [] }, { width: 0 })).toThrow("width: got 0");
});
