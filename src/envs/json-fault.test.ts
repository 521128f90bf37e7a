import { describe, expect, it } from "vitest";
import { jsonFault, requireJson } from "./json-fault.js";

class Point {
  readonly x = 1;
}

describe("what JSON would lose of a snapshot", () => {
  it("is nothing where it comes back as it was", () => {
    const shared = [1, 2];
    for (const value of [null, true, 0, -1.5, "NaN", [], {}, { a: [1, { b: shared }], c: shared }, new Point()])
      expect(jsonFault(value, "it")).toBeUndefined();
    expect(jsonFault({ last: undefined }, "it")).toBeUndefined();
  });
  it.each([
    ["it", undefined],
    ["it", Number.NaN],
    ["it", 10n],
    ["it", new Map([[1, 2]])],
    ["it", Float32Array.of(1)],
    ["it", new Date(0)],
    ["it", () => 1],
  ])("is %s itself: %s", (place, value) => {
    expect(jsonFault(value, "it")).toEqual({ place, value });
  });
  it.each([
    ["it.a[1]", { a: [1, Number.POSITIVE_INFINITY] }],
    ["it[0]", [undefined]],
    ["it[1]", new Array(2).fill(0, 0, 1)],
    ["it.a.b", { a: { b: new Set() } }],
    ["it.draw", { draw: () => 1 }],
  ])("is %s within it", (place, value) => {
    expect(jsonFault(value, "it")?.place).toBe(place);
  });
  it("is where it contains itself, and where it is too deep to be written", () => {
    const loop: { own: unknown[] } = { own: [] };
    loop.own.push(loop);
    expect(jsonFault(loop, "it")?.place).toBe("it.own[0]");
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(jsonFault(deep, "it")?.place).toHaveLength(2 + 3 * 500);
  });
  it("is named in the error, with what is allowed", () => {
    const good = { place: [1, 2] };
    expect(requireJson(good)).toBe(good);
    expect(() => requireJson({ place: [1, Number.NaN] })).toThrow(
      "snapshot().place[1]: got NaN, allowed is what JSON holds: null, true, false, finite numbers, texts, and lists and plain objects of these",
    );
  });
});
