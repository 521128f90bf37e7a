/** The charts and the room of comparisons, in the built page. */

import { readFileSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsOf, hasBrowser, launching, staticHost, troublesOf } from "./lab-page.js";

const patient = { timeout: 60_000 };

/** A run that ends soon. */
const SHORT = "algorithm=reinforce&env=CartPole-v1&seed=3&episodes=40";

describe.skipIf(!hasBrowser)("charts", () => {
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

  async function ended(fragment = SHORT): Promise<{ page: Page; troubles: string[] }> {
    const page = await browser.newPage();
    const troubles = troublesOf(page);
    await page.goto(`${host.address}#${fragment}`);
    await page.locator(".run .state", { hasText: /stalled|unfinished|improving/ }).waitFor(patient);
    return { page, troubles };
  }

  const chart = (page: Page, name: string) => page.getByRole("application", { name });

  it("share a cross-hair that the keyboard moves and a status says", async () => {
    const { page, troubles } = await ended();
    await chart(page, "return").focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Shift+ArrowLeft");
    // Charts draw one a frame, and each then has its line.
    const charts = await page.locator(".curves").count();
    await expect.poll(() => page.locator(".cross-hair line").count(), patient).toBe(charts);
    await page
      .getByRole("status")
      .filter({ hasText: /^[\d,]+ steps: REINFORCE on CartPole-v1, seed 3 \d/ })
      .waitFor(patient);
    await page.keyboard.press("Escape");
    expect(await page.locator(".cross-hair line").count()).toBe(0);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it("zoom by a drag, by buttons and by keys, all at once", async () => {
    const { page } = await ended();
    const all = page.getByRole("button", { name: "Show all" });
    expect(await all.isDisabled()).toBe(true);
    const box = await chart(page, "return").boundingBox();
    if (box === null) throw new Error("no chart");
    await page.mouse.move(box.x + 0.3 * box.width, box.y + 80);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.6 * box.width, box.y + 90, { steps: 8 });
    await page.mouse.up();
    await expect.poll(() => all.isEnabled(), patient).toBe(true);
    await all.click();
    expect(await all.isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Zoom in" }).click();
    expect(await all.isEnabled()).toBe(true);
    await chart(page, "return").focus();
    await page.keyboard.press("0");
    expect(await all.isDisabled()).toBe(true);
    await page.close();
  });

  it("are written to files: what is seen as pictures, all data as text", async () => {
    const { page, troubles } = await ended();
    const files = new Map<string, Buffer>();
    for (const kind of ["PNG", "SVG", "CSV"]) {
      await page.getByRole("button", { name: "Scale and files" }).first().click();
      const [download] = await Promise.all([
        page.waitForEvent("download", patient),
        page.getByRole("button", { name: kind }).click(),
      ]);
      files.set(download.suggestedFilename(), readFileSync(await download.path()));
    }
    expect([...files.keys()]).toEqual(["return.png", "return.svg", "return.csv"]);
    expect(files.get("return.png")?.subarray(1, 4).toString()).toBe("PNG");
    expect(files.get("return.svg")?.toString()).toMatch(/^<svg [\s\S]*<\/svg>/);
    const lines = files.get("return.csv")?.toString().trim().split("\r\n") ?? [];
    expect(lines[0]).toBe("run,steps,episode,update,return,mean of the last 100");
    expect(lines).toHaveLength(41);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it("on a logarithmic axis say how many values are missing", async () => {
    const { page } = await ended();
    await page.getByRole("button", { name: "Scale and files" }).first().click();
    await page.getByLabel("Logarithmic").check();
    expect(await page.locator(".left-out").first().textContent()).toMatch(/^Logarithmic axis/);
    await page.close();
  });

  it("draw five seeds as a group, in one row, and say what the band is", async () => {
    const { page, troubles } = await ended();
    await page.getByRole("button", { name: "Train with 5 seeds" }).click();
    await page.locator(".run .state", { hasText: "0 of 5 solved ·" }).waitFor(patient);
    expect(await page.locator(".run .name").allTextContents()).toEqual(["seed 3", "seeds 3–7"]);
    expect(await page.locator(".legend").textContent()).toMatch(/^Group of 5 seeds: the line is their mean, the band/);
    expect(await page.locator(".seeds button", { hasText: /^seed / }).count()).toBe(5);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it("compare: one click begins runs that differ in one option, and the table shows that and the distance to a baseline", async () => {
    const { page, troubles } = await ended();
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByRole("button", { name: /^Returns/ }).click();
    await page.getByRole("row", { name: /returns whole-episode/ }).waitFor(patient);
    expect(await page.getByRole("columnheader").allTextContents()).toEqual([
      "run",
      "returns",
      "verdict",
      "episodes to solve",
      "last mean",
      "actions",
    ]);
    const row = page.getByRole("row", { name: /returns to-go/ });
    await row.getByRole("button", { name: "Make baseline" }).click();
    await page.locator(".delta").first().waitFor(patient);
    await page.getByRole("button", { name: "A chart for each run" }).click();
    expect(await page.locator(".apart .curves").count()).toBe(2);
    expect(await faultsOf(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.close();
  });
});
