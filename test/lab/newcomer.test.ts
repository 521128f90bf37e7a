/** The lab as somebody meets it: open, see it learn, change something, share it, close the tab, come back without a network. */

import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLink } from "../../src/links/index.js";
import { trainNamed } from "../../src/training/train.js";
import { faultsOf, fitsWidth, hasBrowser, launching, staticHost, troublesOf } from "./lab-page.js";

const patient = { timeout: 60_000 };

/** A run that ends soon. */
const SHORT = "algorithm=reinforce&env=CartPole-v1&seed=3&episodes=40";

describe.skipIf(!hasBrowser)("the lab", () => {
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

  async function visit(fragment = "", context?: BrowserContext): Promise<{ page: Page; troubles: string[] }> {
    const page = await (context ?? (await browser.newContext())).newPage();
    const troubles = troublesOf(page);
    await page.goto(`${host.address}${fragment === "" ? "" : `#${fragment}`}`);
    return { page, troubles };
  }

  const hash = async (page: Page): Promise<string> => (await page.locator("[data-hash]").textContent()) ?? "";
  const ended = (page: Page): Promise<void> =>
    page
      .locator(".run .state", { hasText: /solved|improving|stalled|unfinished|collapsed/ })
      .first()
      .waitFor(patient);

  it("learns before anything is clicked, and shares a run that has the bits of Node elsewhere", async () => {
    const { page, troubles } = await visit();
    await page
      .locator(".sentence", { hasText: /REINFORCE is learning CartPole-v1: after \d+ episodes|Solved/ })
      .waitFor(patient);
    await page.locator(".stage .bar.taken").waitFor(patient);
    await page.goto(`${host.address}#${SHORT}`);
    await ended(page);
    const link = new URL(page.url()).hash.slice(1);
    expect(link).toMatch(new RegExp(`^${SHORT}&config=[0-9a-f]{16}$`));
    const { config } = readLink(link);
    const run = trainNamed(config);
    for (const _ of run);
    expect(await hash(page)).toBe(run.result().weightsSha256);

    const elsewhere = await visit(link);
    await ended(elsewhere.page);
    expect(await hash(elsewhere.page)).toBe(run.result().weightsSha256);
    expect([...troubles, ...elsewhere.troubles]).toEqual([]);
  });

  it("starts another run when the learning rate is changed, and keeps the former in sight", async () => {
    const { page, troubles } = await visit(SHORT);
    await page.getByRole("button", { name: /× 30/ }).click();
    await page.locator(".run .name", { hasText: "learning rate 0.09" }).waitFor(patient);
    expect(await page.locator(".run").count()).toBe(2);
    await page.locator("summary", { hasText: "What did the last update learn?" }).click();
    await page.locator(".credit td").first().waitFor(patient);
    expect(troubles).toEqual([]);
  });

  it("says what is wrong with a link, by the setting's name", async () => {
    const { page } = await visit("learningrate=1");
    await page.locator(".sentence", { hasText: "Did you mean learningRate?" }).waitFor(patient);
  });

  it("goes on with a run whose tab was closed, to the same bits", async () => {
    const context = await browser.newContext();
    const { page } = await visit("algorithm=ppo&env=CartPole-v1&seed=4&steps=40000", context);
    await page.locator("select").first().waitFor();
    await page.locator(".training-speed").selectOption("10");
    await page.locator(".sentence", { hasText: /after \d+ episodes/ }).waitFor(patient);
    await page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { value: "hidden" });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await page.waitForFunction(async () => (await indexedDB.databases()).some(({ name }) => name === "ascent-lab"));
    await page.waitForTimeout(500);
    await page.close();
    const { page: again } = await visit(SHORT, context);
    await again.getByRole("button", { name: "Go on" }).click(patient);
    await again.waitForURL(/algorithm=ppo/, patient);
    await again.locator(".run.selected .state", { hasText: /improving|stalled|unfinished|solved/ }).waitFor(patient);
    const run = trainNamed(readLink("algorithm=ppo&env=CartPole-v1&seed=4&steps=40000").config);
    for (const _ of run);
    expect(await hash(again)).toBe(run.result().weightsSha256);
  });

  it("opens without a network after the first visit", async () => {
    const context = await browser.newContext();
    const { page } = await visit(SHORT, context);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await context.setOffline(true);
    await page.reload();
    await ended(page);
    await context.setOffline(false);
  });

  it.each(["light", "dark"] as const)(
    "has no fault that axe finds, in the %s theme, at any width",
    async (colorScheme) => {
      const context = await browser.newContext({ colorScheme, reducedMotion: "reduce" });
      const { page } = await visit(SHORT, context);
      await ended(page);
      for (const summary of await page.locator("summary").all()) await summary.click();
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await fitsWidth(page)).toBe(true);
        expect(await faultsOf(page)).toEqual([]);
      }
    },
  );
});
