/** What the lab explains: an update, what the doctor finds, and the report, in the built page. */

import { readFileSync } from "node:fs";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLink } from "../../src/links/index.js";
import { runReport } from "../../src/report/index.js";
import { trainNamed } from "../../src/training/train.js";
import { faultsOf, fitsWidth, hasBrowser, launching, staticHost, troublesOf } from "./lab-page.js";

const patient = { timeout: 60_000 };

/** Ends soon, and its steps are long enough that many ratios are clipped. */
const CLIPPED = "algorithm=ppo&env=CartPole-v1&seed=1&steps=2048&learningRate=0.02&entropyBonus=0.01";

/** The learning rate × 30: it collapses. */
const COLLAPSED = "algorithm=ppo&env=CartPole-v1&seed=0&steps=8192&learningRate=0.09";

describe.skipIf(!hasBrowser)("the lab explains", () => {
  let browser: Browser;
  let host: Awaited<ReturnType<typeof staticHost>>;

  beforeAll(async () => {
    host = await staticHost();
    browser = await chromium.launch(launching);
  });
  afterAll(async () => {
    await browser.close();
    await host.close();
  });

  async function ended(fragment: string): Promise<{ page: Page; troubles: string[] }> {
    const page = await browser.newPage();
    const troubles = troublesOf(page);
    await page.goto(`${host.address}#${fragment}`);
    await page.locator(".run .state", { hasText: /stalled|unfinished|improving|collapsed/ }).waitFor(patient);
    return { page, troubles };
  }

  async function explained(page: Page): Promise<void> {
    await page.locator("summary", { hasText: "What did the last update learn?" }).click();
    await page.locator("[data-clipped]").waitFor(patient);
  }

  /** The doctor is asked only while its card is seen. */
  async function firstFinding(page: Page): Promise<Locator> {
    await page.locator(".doctor").scrollIntoViewIfNeeded();
    const finding = page.locator(".advice li").first();
    await finding.waitFor(patient);
    return finding;
  }

  const shares = async (page: Page): Promise<number[]> =>
    (
      await page.locator("[data-share]").evaluateAll((cells) => cells.map((cell) => cell.getAttribute("data-share")))
    ).map(Number);

  it("the parts of the loss, which sum to it, and the ratios that clipping holds, as in Node", async () => {
    const { page, troubles } = await ended(CLIPPED);
    await explained(page);
    const [policy, value, entropy, sum] = await shares(page);
    expect(policy + value + entropy).toBeCloseTo(sum, 4);
    expect(value).toBeGreaterThan(0);
    expect(entropy).toBeLessThan(0);

    const updates = [...trainNamed(readLink(CLIPPED).config, { explain: () => true })];
    const { credit, diagnostics } = updates[updates.length - 1];
    expect(sum).toBe(diagnostics.loss);
    const held = Array.from(credit?.advantages ?? []).filter((A, t) => {
      const ratio = Math.exp((credit?.newLogProbs[t] ?? 0) - (credit?.logProbs[t] ?? 0));
      return (A > 0 && ratio > 1.2) || (A < 0 && ratio < 0.8);
    });
    expect(held.length).toBeGreaterThan(0);
    expect(await page.locator("[data-clipped]").getAttribute("data-clipped")).toBe(String(held.length));
    expect(await page.locator(".ratios svg").count()).toBe(2);
    expect(await page.locator(".ratios .bound").count()).toBe(4);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it("that an algorithm clips nothing, and that V is fitted separately", async () => {
    const { page } = await ended("algorithm=vpg&env=CartPole-v1&seed=1&steps=2000");
    await explained(page);
    expect(await page.locator("[data-clipped]").textContent()).toMatch(/^This algorithm clips no ratios/);
    expect(await page.locator(".ratios svg").count()).toBe(1);
    await page.getByText("V is fitted separately").waitFor();
    await page.close();
  });

  it("what is wrong with a run whose learning rate is × 30, and begins the next one by a button", async () => {
    const { page, troubles } = await ended(COLLAPSED);
    const finding = await firstFinding(page);
    expect(await finding.locator("strong").textContent()).toMatch(/^(Error|Warning): /);
    const button = finding.getByRole("button");
    expect(await button.textContent()).toMatch(/^Train with .*learning rate 0\.01/);
    await button.click();
    await page.waitForURL(/learningRate=0\.01(&|$)/, patient);
    expect(await page.locator(".run").count()).toBe(2);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it("a run in a report: the one that Node makes of it", async () => {
    const link = "algorithm=reinforce&env=CartPole-v1&seed=3&episodes=40";
    const { page, troubles } = await ended(link);
    await page.locator("summary", { hasText: "Share" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download", patient),
      page.getByRole("button", { name: "Report" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("report.html");
    const html = readFileSync(await download.path(), "utf8");
    const run = trainNamed(readLink(link).config);
    const updates = [...run];
    const { version: ascent } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    const [, started, seconds] = /(\d{4}-\d\d-\d\d \d\d:\d\d) UTC · ([\d.]+) s · in a browser/.exec(html) ?? [];
    const facts = {
      started: started.replace(" ", "T"),
      seconds: Number(seconds),
      extensions: [],
      versions: { ascent },
    };
    expect(html).toBe(await runReport(run, updates, facts));
    await page.setContent(html);
    await page.getByRole("heading", { name: "reinforce on CartPole-v1" }).waitFor(patient);
    expect(await page.locator(".player svg").count()).toBe(1);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it.each(["light", "dark"] as const)(
    "without a fault that axe finds, in the %s theme, at any width",
    async (colorScheme) => {
      const context = await browser.newContext({ colorScheme, reducedMotion: "reduce" });
      const page = await context.newPage();
      await page.goto(`${host.address}#${COLLAPSED}`);
      await page.locator(".run .state", { hasText: /stalled|unfinished|improving|collapsed/ }).waitFor(patient);
      await explained(page);
      await firstFinding(page);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await fitsWidth(page)).toBe(true);
        expect(await faultsOf(page)).toEqual([]);
      }
      await context.close();
    },
  );
});
