/** A run of a robot in the room of the runs on disk: MuJoCo is served to the page. Run `npm run build` first. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, serveLab } from "../../src/node/lab/start-lab.js";
import { ascent } from "../ascent-program.js";
import { newFolder } from "../lab-served.js";
import { root } from "../root.js";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const built = join(root, "dist/lab");
const canRun = existsSync(executablePath) && existsSync(join(built, "index.html"));
if (!canRun) console.log("skipped: there is no Chromium, or the page was not built");

const SOON = { timeout: 30_000, interval: 50 };

describe.skipIf(!canRun)("a run of a robot", () => {
  const place = newFolder();
  const runs = join(place, "runs");
  const alarms: string[] = [];
  let lab: Lab;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const words = ["train", "ppo", "Hopper-v5", "--steps", "2048", "--quiet", "--out", "runs/hop"];
    expect(await ascent(words, place)).toMatchObject({ code: 0 });
    lab = await serveLab({ folders: [runs], port: 0 }, { page: built, lookMs: [100, 100] });
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(30_000);
    page.on("pageerror", (error) => alarms.push(error.message));
  });

  afterAll(async () => {
    await browser?.close();
    await lab?.close();
  });

  it("is evaluated in the page with the result of ascent evaluate, and drawn", async () => {
    const evaluation = ["evaluate", "runs/hop", "--episodes", "3", "--seed", "5", "--json", "--deterministic"];
    const { mean } = JSON.parse((await ascent(evaluation, place)).stdout) as { mean: number };
    await page.goto(lab.address);
    await page.locator("nav button", { hasText: "Runs" }).click();
    await page
      .locator(".run-table")
      .getByRole("button", { name: join(runs, "hop"), exact: true })
      .click();
    const card = page.locator(".policy-card");
    await card.locator("select").nth(1).selectOption("greedy");
    await card.locator("input").nth(0).fill("3");
    await card.locator("input").nth(1).fill("5");
    await card.locator("button", { hasText: "Evaluate" }).click();
    await expect.poll(() => card.locator("[data-mean]").count(), SOON).toBe(1);
    expect(Number(await card.locator("[data-mean]").getAttribute("data-mean"))).toBe(mean);
    await expect.poll(() => card.locator(".stage .help").textContent(), SOON).toMatch(/^Step \d+ of \d+/);
    await expect.poll(() => coloured(card.locator(".stage canvas").first()), SOON).toBeGreaterThan(200);
    expect(alarms).toEqual([]);
  });
});

/** How many dots of a canvas have the colour of a robot's body. */
function coloured(canvas: ReturnType<Page["locator"]>): Promise<number> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const { data } = (element as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height) ?? { data: [] };
    const [red, green, blue] = [0x3d, 0x6b, 0xb8];
    let found = 0;
    for (let i = 0; i < data.length; i += 4)
      if (data[i] === red && data[i + 1] === green && data[i + 2] === blue) found++;
    return found;
  });
}
