/** The room of language models, in the built page, with the content security policy that `ascent lab` sends. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPreferences, type Steering, trainLanguage } from "ascent/language";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cardConfig } from "../../lab/src/language/cards/card-config.js";
import { ExactLearning } from "../../lab/src/language/exact/exact-learning.js";
import type { ExactSettings } from "../../lab/src/language/protocol.js";
import { reviewConfig } from "../../lab/src/language/reviews/review-config.js";
import { type Lab, serveLab } from "../../src/node/lab/start-lab.js";
import { newFolder } from "../lab-served.js";
import { root } from "../root.js";
import { faultsOf, fitsWidth, hasBrowser, launching, staticHost, troublesOf } from "./lab-page.js";

const model = new Uint8Array(readFileSync(join(root, "models/sentiment.safetensors")));
/** Playwright's own waiting evaluates text, which the policy forbids. */
const patient = { timeout: 60_000, interval: 50 };

describe.skipIf(!hasBrowser)("the room of language models", () => {
  let browser: Browser;
  let lab: Lab;
  let page: Page;
  let troubles: string[] = [];
  let fetched: string[] = [];

  beforeAll(async () => {
    lab = await serveLab({ folders: [newFolder()], port: 0 }, { page: join(root, "dist/lab") });
    browser = await chromium.launch(launching);
  });

  afterAll(async () => {
    await browser.close();
    await lab.close();
  });

  /** Opens the room, of `ascent lab` or of another host. */
  async function enter({ width = 1280, address = `${lab.address}&` } = {}): Promise<void> {
    await page?.close();
    page = await browser.newPage({ viewport: { width, height: 900 } });
    troubles = troublesOf(page);
    fetched = [];
    page.on("request", (request) => void fetched.push(request.url()));
    await page.goto(`${address}view=language`);
  }

  /** Nothing that axe finds, and nothing that is cut. */
  async function expectNoFaults(): Promise<void> {
    expect(await faultsOf(page)).toEqual([]);
    expect(await fitsWidth(page)).toBe(true);
  }

  /** KL(π, π*) at the end of learning, as Node has it. */
  function inNode(settings: ExactSettings): string {
    const learning = new ExactLearning(settings);
    while (!learning.finished) learning.advance();
    return String(learning.standing.toOptimum);
  }

  const token: ExactSettings = { world: "token", learner: "expected", beta: 0.5, kl: "k1", klPlace: "reward", seed: 3 };

  it("learns one token and 64 texts to the optimum, with the numbers of Node", async () => {
    await enter();
    const facts = page.locator(".facts[data-updates]");
    const ended = (updates: number) =>
      expect.poll(() => facts.getAttribute("data-updates"), patient).toBe(String(updates));
    await ended(400);
    expect(await facts.getAttribute("data-to-optimum")).toBe(inNode(token));
    await expect
      .poll(() => page.locator(".arrival").textContent(), patient)
      .toBe("✓ KL(π, π*) is below the mark of 1e-6.");
    await page.getByLabel("place of the divergence").selectOption("loss");
    await expect
      .poll(() => page.locator(".destination").textContent(), patient)
      .toMatch(/^k1 in the loss does nothing: its expected gradient is 0\..*✗/);
    expect(await facts.getAttribute("data-to-optimum")).toBe(inNode({ ...token, klPlace: "loss" }));
    await page.getByLabel("place of the divergence").selectOption("reward");
    await page.getByLabel("world").selectOption("tree");
    await ended(300);
    expect(await facts.getAttribute("data-to-optimum")).toBe(inNode({ ...token, world: "tree", learner: "rloo" }));
    await page.locator(".columns-chart svg").focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(".columns-chart .reading-line").textContent()).toMatch(/^“[a-d]{3}”, reward .* π\* /);
    await expectNoFaults();
    expect(fetched.filter((url) => url.includes("sentiment"))).toEqual([]);
    expect(troubles).toEqual([]);
  });

  it("learns from preferences while β is moved, below a path of a plain host, and the same changes give the same weights in Node", async () => {
    const host = await staticHost();
    await enter({ address: `${host.address}#` });
    await page.getByRole("button", { name: "From preferences to a policy" }).click();
    await page.getByLabel("pairs of preferences").selectOption("64");
    await page.getByLabel("updates of the policy").selectOption("10");
    expect(fetched.filter((url) => url.includes("sentiment"))).toEqual([]);
    await page.getByRole("button", { name: "Begin this run" }).click();
    await expect.poll(() => page.locator(".facts[data-update]").count(), patient).toBe(1);
    expect(fetched.filter((url) => url.includes("sentiment"))).toHaveLength(1);
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    const slider = page.locator("#review-beta");
    for (let i = 0; i < 3; i++) await slider.press("PageUp");
    await page.getByRole("button", { name: "One update", exact: true }).click();
    await expect.poll(() => page.locator(".steered").count(), patient).toBe(1);
    await page.getByRole("button", { name: "Go on", exact: true }).click();
    await expect.poll(() => page.locator(".repeat .hash code").count(), patient).toBe(1);
    const changes = JSON.parse((await page.locator(".steered code").textContent())!) as Steering[];
    expect(changes).toHaveLength(1);
    expect(changes[0].beta).toBeGreaterThan(0.1);

    const settings = { trainer: "rloo", beta: 0.1, learningRate: 5e-4, guard: true, pairs: 64, updates: 10, seed: 1 };
    const run = trainLanguage(reviewConfig({ ...settings, trainer: "rloo" }, model));
    while (!run.finished) {
      if (run.updates + 1 === changes[0].update) run.setBeta(changes[0].beta);
      run.advance();
    }
    expect(await page.locator(".repeat .hash code").textContent()).toBe(run.result().weightsSha256);

    await page.locator(".strip-of").first().focus();
    await page.keyboard.press("End");
    expect(await page.getByText(/^Token \d+ of response 1, .* log-ratio .*advantage/).count()).toBe(1);
    expect(await page.locator(".frontier circle").count()).toBe(11);
    expect(await page.locator(".before-after tbody tr").count()).toBe(5);
    await expectNoFaults();
    await page.getByRole("button", { name: "Dark" }).click();
    await expectNoFaults();
    expect(troubles).toEqual([]);
    await host.close();
  });

  it("says so where the model can't be fetched, and tries again", async () => {
    await page?.close();
    // A service worker would fetch out of sight.
    page = await browser.newPage({ serviceWorkers: "block" });
    await page.route("**/sentiment.safetensors", (route) => route.abort());
    await page.goto(`${lab.address}&view=language`);
    await page.getByRole("button", { name: "You are the judge" }).click();
    await page.getByRole("button", { name: "Begin to answer" }).click();
    await expect
      .poll(() => page.getByRole("alert").allTextContents(), patient)
      .toEqual(["The model could not be fetched. Is there a connection?"]);
    await page.unroute("**/sentiment.safetensors");
    await page.getByRole("button", { name: "Begin to answer" }).click();
    await expect.poll(() => page.locator(".answer").count(), patient).toBe(2);
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("keeps the model for later visits when it is used, and not before", () => {
    const worker = readFileSync(join(root, "dist/lab/sw.js"), "utf8");
    const [first, later] = ["FIRST", "LATER"].map((name) => new RegExp(`const ${name} = (.*);`).exec(worker)![1]);
    expect(first).not.toContain("sentiment.safetensors");
    expect(later).toContain('"sentiment.safetensors"');
  });

  it("asks a person by keys on a telephone, learns from the answers, and saves and reads them", async () => {
    await enter({ width: 390 });
    await page.getByRole("button", { name: "You are the judge" }).click();
    await page.getByRole("button", { name: "Begin to answer" }).click();
    const first = page.locator(".answer").first();
    await expect.poll(() => first.count(), patient).toBe(1);
    await first.focus();
    const heading = page.locator(".asking h2");
    /** Likes the longer one. */
    for (let i = 1; i <= 12; i++) {
      const [a, b] = await page.locator(".answer b").allTextContents();
      await page.keyboard.press(a.length >= b.length ? "1" : "2");
      await expect.poll(() => heading.textContent(), patient).toBe(`Card ${i + 1}: which is better?`);
    }
    await page.keyboard.press("0");
    await page.keyboard.press("u");
    await expect.poll(() => heading.textContent(), patient).toBe("Card 12: which is better?");
    await page.keyboard.press("1");

    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as JSONL" }).click(),
    ]);
    const text = readFileSync(await file.path(), "utf8");
    const answers = readPreferences(text);
    expect(answers).toHaveLength(12);

    await page.getByLabel("updates of the policy").selectOption("10");
    await page.getByRole("button", { name: "Learn from my answers" }).click();
    await expect.poll(() => page.locator(".agreement").count(), patient).toBe(1);
    expect(await page.locator(".agreement").textContent()).toMatch(/agrees with \d+ of the 12 answers/);
    const run = trainLanguage(cardConfig({ answers, updates: 10 }, model));
    while (run.advance() !== undefined);
    expect(await page.locator(".hash code").last().textContent()).toBe(run.result().weightsSha256);
    await first.focus();
    await page.keyboard.press("2");
    await expect.poll(() => page.locator(".agreement").textContent(), patient).toMatch(/Of the 1 that you gave since/);

    await page.locator("input[type=file]").setInputFiles({
      name: "more.jsonl",
      mimeType: "application/jsonl",
      buffer: Buffer.from(text),
    });
    await expect.poll(() => page.getByText("12 answers were added.").count(), patient).toBe(1);
    await page.locator("input[type=file]").setInputFiles({
      name: "bad.jsonl",
      mimeType: "application/jsonl",
      buffer: Buffer.from('{"prompt": 1}\n'),
    });
    await expect.poll(() => page.getByRole("alert").textContent(), patient).toMatch(/preferences, line 1/);
    await expectNoFaults();
    expect(troubles).toEqual([]);
  });
});
