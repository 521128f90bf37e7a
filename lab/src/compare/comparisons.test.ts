import { trainNamed } from "ascent";
import { readLink } from "ascent/links";
import { describe, expect, it } from "vitest";
import { COMPARISONS, linksOf } from "./comparisons.js";
import { differing, settingsOfConfig } from "./differences.js";

describe.each(COMPARISONS)("$title", (comparison) => {
  it("is two to four runs on CartPole that differ in this option alone", () => {
    const configs = linksOf(comparison).map((link) => trainNamed(readLink(link).config).config);
    expect(configs.length).toBeGreaterThanOrEqual(2);
    expect(configs.length).toBeLessThanOrEqual(4);
    expect(configs.every(({ env }) => env === "CartPole-v1")).toBe(true);
    expect(differing(configs.map((config) => settingsOfConfig(config)))).toEqual([comparison.option]);
  });
});
