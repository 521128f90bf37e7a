// The pictures of the lab in README and docs/lab.md: `npm run build && npm run lab-pictures`. They are photographs of the page in
// an installed Chromium, so other fonts and browsers give other pixels, and no test compares them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startLab } from "../dist/node/index.js";

const ENDED = ".run .state:text-matches('solved|improving|stalled|unfinished|collapsed', 'i')";

/** Each picture: the address of what it shows, and how to get there. */
const PICTURES = {
  lab: {
    at: "view=train",
    async show(page) {
      await page.locator(".sentence", { hasText: "Solved" }).waitFor();
    },
  },
  "lab-update": {
    at: "algorithm=ppo&env=CartPole-v1&seed=1&steps=2048&learningRate=0.02&entropyBonus=0.01",
    async show(page) {
      await page.locator(ENDED).first().waitFor();
      await page.locator("summary", { hasText: "What did the last update learn?" }).click();
      await page.locator("[data-clipped]").waitFor();
    },
    part: ".lesson",
  },
  "lab-language": {
    at: "view=language",
    async show(page) {
      await page.getByText("below the mark").waitFor();
    },
  },
  "lab-own": {
    at: "view=own",
    async show(page) {
      await page.locator(".own-env").getByRole("button", { name: "Train" }).click();
      await page.locator(".sentence", { hasText: /after [1-9]\d+ episodes|olved/ }).waitFor();
    },
  },
};

const empty = mkdtempSync(join(tmpdir(), "ascent-pictures-"));
const { address, close } = await startLab({ folders: [empty] });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
for (const [name, { at, show, part }] of Object.entries(PICTURES)) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 880 }, reducedMotion: "reduce" });
  page.setDefaultTimeout(120_000);
  await page.goto(`${address}&${at}`);
  await show(page);
  await page.waitForTimeout(1000);
  const path = fileURLToPath(new URL(`../docs/pictures/${name}.png`, import.meta.url));
  await (part === undefined ? page : page.locator(part).first()).screenshot({ path });
  console.log(path);
  await page.close();
}
await browser.close();
await close();
rmSync(empty, { recursive: true });
