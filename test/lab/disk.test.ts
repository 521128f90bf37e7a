/** The room of the runs on disk, in a browser, with runs of the program. Run `npm run build` first. */

import type { ChildProcess } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, serveLab } from "../../src/node/lab/start-lab.js";
import { ascent, ascentAlone } from "../ascent-program.js";
import { newFolder } from "../lab-served.js";
import { root } from "../root.js";
import { faultsOf, hasBrowser, launching } from "./lab-page.js";

const built = join(root, "dist/lab");

const SOON = { timeout: 30_000, interval: 50 };
const HOSTILE = "<img src=x onerror=alert(1)>";

describe.skipIf(!hasBrowser)("the runs on disk", () => {
  const place = newFolder();
  const runs = join(place, "runs");
  let lab: Lab;
  let browser: Browser;
  let page: Page;
  const alarms: string[] = [];

  const list = async (): Promise<void> => {
    while (await page.locator(".disk-head button", { hasText: "Back" }).isVisible())
      await page.locator(".disk-head button", { hasText: "Back" }).click();
  };
  const find = (text: string): Promise<void> => page.locator(".find input").fill(text);
  const names = (): Promise<string[]> => page.locator(".run-row .open").allTextContents();
  const open = (name: string): Promise<void> =>
    page
      .locator(".run-table")
      .getByRole("button", { name: join(runs, name), exact: true })
      .click();

  beforeAll(async () => {
    mkdirSync(runs);
    const train = async (...words: string[]): Promise<void> => {
      const { code, stderr } = await ascent(["train", ...words, "--quiet"], place);
      expect([code, stderr]).toEqual([0, ""]);
    };
    await train("ppo", "CartPole-v1", "--steps", "3000", "--seed", "3", "--eval-every", "1000", "--out", "runs/one");
    await train("a2c", "CartPole-v1", "--steps", "2000", "--gamma", "0.97", "--out", "runs/two");
    const sweep = ["--grid", "gamma=0.9,0.99", "--seeds", "1", "--episodes", "10", "--jobs", "1", "--out", "runs/many"];
    expect((await ascent(["sweep", "reinforce", "CartPole-v1", ...sweep], place)).code).toBe(0);
    mkdirSync(join(runs, "half"));
    writeFileSync(join(runs, "half/run.json"), '{"config": {');
    cpSync(join(runs, "two"), join(runs, HOSTILE), { recursive: true });
    const record = readFileSync(join(runs, "two/run.json"), "utf8");
    writeFileSync(join(runs, HOSTILE, "run.json"), record.replaceAll("CartPole-v1", HOSTILE));
    lab = await serveLab({ folders: [runs], port: 0 }, { page: built, lookMs: [100, 100] });
    browser = await chromium.launch(launching);
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(30_000);
    page.on("dialog", (dialog) => {
      alarms.push(dialog.message());
      void dialog.dismiss();
    });
    page.on("pageerror", (error) => alarms.push(error.message));
    await page.goto(lab.address);
    await page.locator("nav button", { hasText: "Runs" }).click();
  });

  afterAll(async () => {
    await browser?.close();
    await lab?.close();
  });

  it("are listed, found and ordered", async () => {
    await expect.poll(() => page.locator(".count").textContent(), SOON).toBe("6 runs");
    // The sweep is folded.
    expect((await names()).map((name) => name.slice(runs.length + 1)).sort()).toEqual([HOSTILE, "half", "one", "two"]);
    await find("env:CartPole algorithm:ppo");
    await expect.poll(names, SOON).toEqual([join(runs, "one")]);
    await find("-algorithm:reinforce seed:0");
    await expect.poll(async () => (await names()).length, SOON).toBe(2);
    await find("");
    await page.locator("th.algorithm button").click();
    await expect.poll(async () => (await names()).at(0), SOON).toMatch(/two|img/);
    expect(await page.locator("th.algorithm").getAttribute("aria-sort")).toBe("ascending");
    await page.locator(".group-row .fold").click();
    await expect.poll(async () => (await names()).length, SOON).toBe(6);
  });

  it("show texts of files as texts, and damaged ones with their message", async () => {
    await open(HOSTILE);
    expect(await page.locator(".disk-head h2").textContent()).toBe(join(runs, HOSTILE));
    expect(await page.locator("[data-standing]").textContent()).toContain(`a2c on ${HOSTILE}, seed 0`);
    await page.locator("summary", { hasText: "All settings" }).click();
    await page.locator("button", { hasText: "Evaluate" }).click();
    // What the checkpoint says counts, and it is that of another run.
    await expect.poll(() => page.locator("[data-mean]").count(), SOON).toBe(1);
    expect(await page.locator("img").count()).toBe(0);
    await list();
    expect(await page.locator(".run-row .problem").textContent()).toContain(
      "half/run.json: is not the record of a run",
    );
    await open("half");
    expect(await page.locator(".trouble").textContent()).toContain("half/run.json: is not the record of a run");
    await list();
  });

  it("open with curves, settings, command and evaluations", async () => {
    await open("two");
    await expect.poll(() => page.locator(".settings-table").first().textContent(), SOON).toMatch(/gamma0\.970\.9/);
    expect(await page.locator(".copy input").inputValue()).toBe(
      "npx ascent train a2c CartPole-v1 --seed 0 --steps 2000 --gamma 0.97",
    );
    expect(await page.locator(".curves canvas").count()).toBeGreaterThan(1);
    await list();
    await open("one");
    await expect
      .poll(() => page.locator("section[aria-label=Evaluations]").textContent(), SOON)
      .toMatch(/Best mean: \d/);
  });

  it.each([
    ["sampled", []],
    ["greedy", ["--deterministic"]],
  ])("have policies that do here what they do in ascent evaluate: %s", async (actions, flags) => {
    const evaluation = ["evaluate", "runs/one", "--episodes", "7", "--seed", "11", "--json", ...flags];
    const { mean } = JSON.parse((await ascent(evaluation, place)).stdout) as { mean: number };
    const card = page.locator(".policy-card");
    await card.locator("select").nth(1).selectOption(actions);
    await card.locator("input").nth(0).fill("7");
    await card.locator("input").nth(1).fill("11");
    await card.locator("button", { hasText: "Evaluate" }).click();
    await expect.poll(() => card.locator("button.primary").textContent(), SOON).toBe("Evaluate");
    expect(Number(await card.locator("[data-mean]").getAttribute("data-mean"))).toBe(mean);
    await expect.poll(() => card.locator(".stage .help").textContent(), SOON).toMatch(/^Step \d+ of \d+/);
  });

  it("stay open when the page is loaded anew, and the browser's Back leads to the list", async () => {
    await list();
    await open("two");
    await page.reload();
    await expect.poll(() => page.locator(".settings-table").first().textContent(), SOON).toMatch(/gamma0\.97/);
    await page.goBack();
    await expect.poll(names, SOON).not.toEqual([]);
    await page.goForward();
    await page.locator(".disk-head h2", { hasText: "two" }).waitFor();
    await list();
  });

  it("are compared: only what differs", async () => {
    await list();
    for (const name of ["one", "two"]) await page.getByLabel(`Compare ${join(runs, name)}`).check();
    await page.locator("button", { hasText: "Compare 2" }).click();
    const rows = page.locator(".differences tbody tr");
    await expect.poll(() => rows.count(), SOON).toBeGreaterThan(3);
    const texts = await rows.allTextContents();
    expect(texts).toContain("algorithmppoa2c");
    expect(texts.some((text) => text.startsWith("env"))).toBe(false);
  });

  it("belong to a sweep, which is a map", async () => {
    await list();
    await open("many");
    expect(await page.locator("[data-progress]").textContent()).toBe("2 of 2 runs have ended.");
    await expect.poll(() => page.locator(".spot").count(), SOON).toBe(2);
    await page.locator(".spot").first().click();
    expect(await page.locator("[data-standing]").textContent()).toContain("reinforce on CartPole-v1");
  });

  it("have names and colours for everybody", async () => {
    expect(await faultsOf(page)).toEqual([]);
    await list();
    expect(await faultsOf(page)).toEqual([]);
  });

  it("grow while they are watched, and are trained on in the tab", async () => {
    let child: ChildProcess | undefined;
    const ended = ascentAlone(
      ["train", "reinforce", "CartPole-v1", "--episodes", "100000", "--until", "end", "--out", "runs/three"],
      place,
      (one) => (child = one),
    );
    await open("three");
    const standing = page.locator("[data-standing]");
    const episodes = async (): Promise<number> =>
      Number(/(\d+) of 100000/.exec((await standing.textContent()) ?? "")?.[1] ?? 0);
    await expect.poll(episodes, SOON).toBeGreaterThan(0);
    const seen = await episodes();
    await expect.poll(episodes, SOON).toBeGreaterThan(seen);
    expect(await page.locator(".state-mark").textContent()).toBe("running");
    child?.kill("SIGINT");
    await ended;
    await expect.poll(() => page.locator(".state-mark").textContent(), SOON).toBe("interrupted");
    await page.locator("button", { hasText: "Train on" }).click();
    await expect.poll(() => page.locator(".sentence").textContent(), SOON).toMatch(/after \d{2,} episodes/);
  });

  it("stay in sight when the server is away, and the page says so", async () => {
    await page.locator("nav button", { hasText: "Runs" }).click();
    await lab.close();
    await expect.poll(() => page.locator(".away").textContent(), SOON).toMatch(/Trying again/);
    await list();
    expect((await names()).length).toBeGreaterThan(4);
    expect(alarms).toEqual([]);
  });
});
