import fc from "fast-check";
import type { Colour, Point, Scene, SceneShape } from "../src/scene/scene.js";

const coordinate = fc.oneof(
  fc.double({ min: -20, max: 20, noNaN: true }),
  fc.constantFrom(0, -0, 1e12, -1e12, 1e308, -1e308, 5e-324),
);
const length = fc.oneof(fc.double({ min: 0, max: 10, noNaN: true }), fc.constantFrom(0, 1e12, 1e308));
const point = fc.tuple(coordinate, coordinate) satisfies fc.Arbitrary<Point>;
const points = fc.array(point, { maxLength: 8 });
const colour = fc.integer({ min: 0, max: 0xffffff }).map((rgb): Colour => `#${rgb.toString(16).padStart(6, "0")}`);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const letters = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("漢字", "👩‍🚀🎲", "e\u0301", "\x1b[31m\n\t", '<&>"'),
);

const shape: fc.Arbitrary<SceneShape> = fc.oneof(
  fc.record({
    kind: fc.constant("polygon" as const),
    points,
    fill: maybe(colour),
    stroke: maybe(colour),
    width: maybe(length),
  }),
  fc.record({ kind: fc.constant("line" as const), points, stroke: colour, width: maybe(length) }),
  fc.record({
    kind: fc.constant("circle" as const),
    centre: point,
    radius: length,
    fill: maybe(colour),
    stroke: maybe(colour),
    width: maybe(length),
  }),
  fc.record({
    kind: fc.constant("text" as const),
    at: point,
    text: letters,
    size: length,
    fill: colour,
    align: fc.constantFrom("left", "centre", "right") as fc.Arbitrary<"left" | "centre" | "right">,
  }),
);

const side = fc.double({ min: 1e-3, max: 1e3, noNaN: true });

/** Scenes of every kind, with coordinates far outside what is seen and letters that terminals and XML don't like. */
export const someScene: fc.Arbitrary<Scene> = fc
  .record({
    left: fc.double({ min: -10, max: 10, noNaN: true }),
    bottom: fc.double({ min: -10, max: 10, noNaN: true }),
    width: side,
    height: side,
    background: maybe(colour),
    shapes: fc.array(shape, { maxLength: 12 }),
  })
  .map(({ left, bottom, width, height, background, shapes }) => ({
    view: { left, right: left + width, bottom, top: bottom + height },
    ...(background === undefined ? {} : { background }),
    shapes,
  }));
