/** The stage and the room of tables, in the built page as `ascent lab` serves it. */

import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, serveLab } from "../../src/node/lab/start-lab.js";
import { newFolder } from "../lab-served.js";
import { root } from "../root.js";
import { faultsOf, hasBrowser, launching, troublesOf } from "./lab-page.js";

const patient = { timeout: 60_000, interval: 50 };

describe.skipIf(!hasBrowser)("the stage", () => {
  let browser: Browser;
  let lab: Lab;
  let troubles: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch(launching);
    lab = await serveLab({ folders: [newFolder()], port: 0 }, { page: join(root, "dist/lab") });
  });

  afterAll(async () => {
    await browser.close();
    await lab.close();
  });

  async function opened(link: string): Promise<Page> {
    const page = await browser.newPage();
    troubles = troublesOf(page);
    await page.goto(`${lab.address}&${link}`);
    return page;
  }

  const fact = async (page: Page, name: string): Promise<string> => {
    const place = page.locator("dl.facts > div", { has: page.getByText(name, { exact: true }) });
    return (await place.locator("dd").first().textContent()) ?? "";
  };

  it("is stepped and scrubbed, played by keyboard, and asked what the policy would do elsewhere", async () => {
    // Long enough that the policy keeps the pole up for some seconds.
    const page = await opened("algorithm=ppo&env=CartPole-v1&seed=0&steps=20000");
    await page.locator(".run .state", { hasText: /solved|improving|stalled|unfinished|collapsed/ }).waitFor(patient);
    await expect.poll(() => fact(page, "return so far"), patient).not.toBe("…");
    const slider = page.getByRole("slider", { name: "Step of the episode" });
    await slider.focus();
    await page.keyboard.press("Home");
    expect(await fact(page, "step")).toMatch(/^0 of/);
    await page.getByRole("button", { name: "One step on" }).click();
    expect(await fact(page, "step")).toMatch(/^1 of/);
    await slider.focus();
    await page.keyboard.press("End");
    expect(await fact(page, "end")).toMatch(/fell|time limit/);

    await page.getByText("What would it do in other states?").click();
    const map = page.getByRole("img", { name: /^π\(push right\) over pole angle \(rad\)/ });
    await map.waitFor();
    expect(await map.getAttribute("aria-label")).toMatch(/at the present state$/);

    await page.getByRole("button", { name: "Play it yourself" }).click();
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByRole("button", { name: /^Pause Esc/ }).waitFor();
    await page.keyboard.down("ArrowRight");
    // Held to one side, the pole falls within a dozen steps.
    await page.getByRole("button", { name: "Same start again" }).waitFor();
    await page.keyboard.up("ArrowRight");
    expect(await fact(page, "last action")).toBe("push right");
    expect(await fact(page, "end")).toBe("fell, or left the track");
    const [seed, mine, others] = await page.locator(".results tbody tr").first().locator("th, td").allInnerTexts();
    expect(seed).toBe("1");
    expect(Number(mine)).toBeLessThan(13);
    expect(Number(others)).toBeGreaterThan(8);

    // The policy keeps the pole up, until Shift takes over.
    await page.getByLabel("Who acts").last().selectOption("the policy acts");
    await page.getByRole("button", { name: "Next start" }).click();
    await page.getByRole("button", { name: /^Pause Esc/ }).waitFor();
    await expect.poll(async () => Number(await fact(page, "step")), patient).toBeGreaterThan(3);
    await page.keyboard.down("Shift");
    await page.keyboard.down("ArrowLeft");
    await page.getByRole("button", { name: "Same start again" }).waitFor();
    await page.keyboard.up("ArrowLeft");
    await page.keyboard.up("Shift");
    expect(await page.locator(".results tbody tr").nth(1).locator("th").textContent()).toBe("2, together");

    expect(await faultsOf(page)).toEqual([]);
    expect(troubles).toEqual([]);

    // Tab leads out of the game, and keys that it does not use scroll the page.
    await page.locator(".game").focus();
    await page.evaluate(() => scrollTo(0, 0));
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => page.evaluate(() => scrollY), patient).toBeGreaterThan(0);
    await page.locator(".game").focus();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).not.toBe("game");
    await page.close();
  });

  it("finds the optimum of FrozenLake by policy iteration, beside a run that learns", async () => {
    const page = await opened("algorithm=ppo&env=FrozenLake-v1&seed=0&steps=4000");
    await expect.poll(() => fact(page, "return so far"), patient).not.toBe("…");
    await page.getByRole("button", { name: "Tables" }).click();
    await page.getByRole("button", { name: "One sweep" }).click();
    await page.getByText("After 1 sweep", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Improve" }).click();
    await page.getByText("After 1 sweep, 1 improvement", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Run" }).last().click();
    await expect.poll(() => fact(page, "state"), patient).toBe("nothing changes any more");
    expect(await fact(page, "V of the start")).toBe((14 / 17).toFixed(4));
    await expect.poll(async () => Number(await fact(page, "its V of the start, exactly")), patient).toBeGreaterThan(0);
    expect(await faultsOf(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.close();
  });
});
