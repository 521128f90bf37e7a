/** The report in a browser: on a telephone, on a desk, under a pointer. */

import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportHtml } from "../src/report/page.js";
import { someReport } from "./some-report.js";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.log(`skipped: no Chromium at ${executablePath}; CHROMIUM may name another place`);

describe.skipIf(!hasBrowser)("a report", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  });
  afterAll(() => browser.close());

  async function open(width: number): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.setContent(reportHtml(someReport));
    return page;
  }

  /** The width of what is visible, and the height of a letter in its charts. */
  const measure = (
    page: Page,
  ): Promise<{ page: number; charts: number[]; stage: number; column: number; letter: number }> =>
    page.evaluate(() => {
      const width = (element: Element): number => element.getBoundingClientRect().width;
      const charts = [...document.querySelectorAll("figure svg")].filter((svg) => width(svg) > 0);
      const labels = charts.flatMap((svg) => [...svg.querySelectorAll("text")]);
      return {
        page: document.documentElement.scrollWidth,
        charts: charts.map(width),
        stage: width(document.querySelector("#stage svg") as Element),
        column: width(document.querySelector("table") as Element),
        letter: Math.min(...labels.map((label) => label.getBoundingClientRect().height)),
      };
    });

  it("fits a telephone, with letters that can be read and help below each setting", async () => {
    const page = await open(400);
    const { page: wide, charts, column, letter } = await measure(page);
    expect(wide).toBe(400);
    expect(charts).toEqual([column, column, column]);
    expect(letter).toBeGreaterThan(10);
    const [name, value, help] = await page.evaluate(() =>
      [...document.querySelectorAll("tr:last-of-type > *")].slice(0, 3).map((cell) => {
        const { left, top } = cell.getBoundingClientRect();
        return { left, top };
      }),
    );
    expect(name.top).toBeLessThan(help.top);
    expect(value.left).toBeGreaterThan(name.left);
    expect(help.left).toBe(name.left);
    await page.close();
  });

  it("uses the width of a desk: for the returns, and for the canvas", async () => {
    const page = await open(1280);
    const { page: wide, charts, column, stage } = await measure(page);
    expect(wide).toBe(1280);
    expect(charts[0]).toBe(column);
    expect(charts[1]).toBeLessThan(column / 2);
    expect(stage).toBeGreaterThan(column - 4);
    await page.close();
  });

  it("shows the value under the pointer, and nothing when it has left", async () => {
    const page = await open(1280);
    const figure = page.locator('figure[data-label="loss"]');
    await figure.scrollIntoViewIfNeeded();
    const box = (await figure.boundingBox()) as { x: number; y: number; width: number; height: number };
    await page.mouse.move(box.x + box.width - 10, box.y + box.height / 2);
    expect(await figure.locator("output").textContent()).toBe("episode 100, loss: -49");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const [, place, value] = /^episode (\d+), loss: -(\d+)$/.exec(
      (await figure.locator("output").textContent()) as string,
    ) as RegExpExecArray;
    expect(Number(place)).toBe(2 * Number(value) + 2);
    expect(Math.abs(Number(place) - 50)).toBeLessThan(10);
    await page.mouse.move(1, 1);
    expect(await figure.locator("output").textContent()).toBe("");
    await page.close();
  });
});
