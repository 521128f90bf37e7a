import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COLOURS, type Theme } from "./colours.js";

const css = readFileSync(new URL("../style.css", import.meta.url), "utf8");

/** The card's background, which the charts stand on. */
function card(theme: Theme): string {
  const block = theme === "light" ? /:root \{([^}]*)\}/ : /:root\[data-theme="dark"\] \{([^}]*)\}/;
  const found = /--card: (#[0-9a-f]{6})/.exec(block.exec(css)?.[1] ?? "");
  if (found === null) throw new Error(`no --card for ${theme}`);
  return found[1];
}

/** Relative luminance of WCAG 2. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(colour.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe.each(["light", "dark"] as const)("the colours of runs, %s", (theme) => {
  it.each(COLOURS[theme])("%s stands out from the card, 3 to 1", (colour) => {
    expect(contrast(colour, card(theme))).toBeGreaterThanOrEqual(3);
  });

  it("are eight, each another one", () => {
    expect(new Set(COLOURS[theme]).size).toBe(8);
  });
});
