/** The rooms that teach, in the built page, with the content security policy that `ascent lab` sends. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, serveLab } from "../../src/node/lab/start-lab.js";
import { newFolder } from "../lab-served.js";
import { root } from "../root.js";
import { faultsOf, fitsWidth, hasBrowser, launching, troublesOf } from "./lab-page.js";

/** Playwright's own waiting evaluates text, which the policy forbids. */
const patient = { timeout: 60_000, interval: 50 };

describe.skipIf(!hasBrowser)("the rooms that teach", () => {
  let browser: Browser;
  let lab: Lab;
  let page: Page;
  let troubles: string[] = [];

  beforeAll(async () => {
    lab = await serveLab({ folders: [newFolder()], port: 0 }, { page: join(root, "dist/lab") });
    browser = await chromium.launch(launching);
  });

  afterAll(async () => {
    await browser.close();
    await lab.close();
  });

  /** Opens a room by its address. */
  async function enter(room: string, width = 1280): Promise<void> {
    await page?.close();
    page = await browser.newPage({ viewport: { width, height: 900 } });
    troubles = troublesOf(page);
    await page.goto(`${lab.address}&view=${room}`);
  }

  async function expectNoFaults(): Promise<void> {
    expect(await faultsOf(page)).toEqual([]);
    expect(await fitsWidth(page)).toBe(true);
  }

  it("measure estimators batch by batch until they are where theory has them", async () => {
    await enter("estimators");
    const bar = page.locator("[data-estimator=to-go]");
    await expect.poll(() => bar.locator(".judgement").textContent(), patient).toBe("Unbiased, as theory says.");
    for (const z of await page.locator(".errors .z").allInnerTexts())
      expect(Math.abs(Number(z.replace("z ", "").replace("−", "-")))).toBeLessThan(4);
    const biased = page.locator("[data-estimator=episode-mean] .judgement");
    expect(await biased.textContent()).toBe(
      "Biased by −∇E[b] at every N, as theory says. Its mean points away from the target.",
    );
    const [part, theory] = await Promise.all(
      [".variance", ".theory"].map(async (name) => (await bar.locator(name).boundingBox())!),
    );
    expect(troubles).toEqual([]);
    // The bar ends where theory has it, within a tenth.
    expect(Math.abs(part.x + part.width - theory.x)).toBeLessThan(part.width / 10);
  });

  it("pause, begin anew with another seed, and take other questions", async () => {
    await enter("estimators");
    await page.getByRole("button", { name: "What does λ trade?" }).click();
    const drawn = (): Promise<number> =>
      page
        .locator(".drawn")
        .textContent()
        .then((text) => Number.parseInt((text ?? "").replaceAll(",", ""), 10));
    await expect.poll(drawn, patient).toBeGreaterThan(20);
    await page.getByRole("button", { name: "Pause" }).click();
    expect(await page.locator(".estimator-error").count()).toBe(5);
    // The last report may still have been on its way.
    await page.waitForTimeout(300);
    const paused = await drawn();
    await page.waitForTimeout(300);
    expect(await drawn()).toBe(paused);
    await page.getByRole("button", { name: "Another seed" }).click();
    await expect.poll(() => page.getByText("seed 1").count(), patient).toBe(1);
    await expect.poll(drawn, patient).toBeGreaterThan(paused);
    await page.getByLabel("world", { exact: true }).selectOption("random");
    await page.getByLabel("seed of the world").fill("7");
    await page.keyboard.press("Enter");
    await expect.poll(drawn, patient).toBeGreaterThan(2);
    await expectNoFaults();
  });

  it("show a chapter with its formulae, and run its programs, which print what the book says", async () => {
    await enter("lecture");
    await page.getByRole("button", { name: /^2\. The gradient/ }).click();
    await expect.poll(() => page.locator("math[display=block]").count(), patient).toBeGreaterThan(3);
    expect((await page.locator(".chapter .prose").allInnerTexts()).join()).not.toContain("$");
    const [, printed] = /<!-- output -->\n\n```text\n([\s\S]*?)```/.exec(
      readFileSync(join(root, "docs/lecture/02-the-gradient.md"), "utf8"),
    )!;
    const program = page.locator(".program").first();
    await program.getByRole("button", { name: "Run" }).click();
    await expect.poll(() => program.getByRole("status").textContent(), patient).toBe("As in the book.");
    expect((await program.locator(".printed").textContent())?.trim()).toBe(printed.trim());
    const claim = page.locator(".claim").first();
    await claim.getByRole("button").click();
    await expect
      .poll(() => claim.getByRole("status").textContent(), patient)
      .toMatch(/^Measured just now: J 0\.211007/);
    await expectNoFaults();
    await page.locator(".prose a[data-chapter='6']").first().click();
    await expect.poll(() => page.locator(".chapter h2").textContent(), patient).toBe("6. Who gets the credit");
    expect(troubles).toEqual([]);
  });

  it("lead through an exercise hint by hint, also on a telephone", async () => {
    await enter("exercise", 390);
    const hints = page.getByLabel("Hints for returnsToGo");
    await hints.getByRole("button").click();
    await hints.getByRole("button").click();
    expect(await hints.locator("li").allInnerTexts()).toHaveLength(2);
    expect(await page.locator(".tests li").count()).toBe(14);
    await expectNoFaults();
    expect(troubles).toEqual([]);
    await page.reload();
    await expect.poll(() => page.getByText("2 of 4 hints").count(), patient).toBe(1);
  });

  it("run a program that the reader has changed, and say in which line it fails", async () => {
    await enter("lecture");
    await page.getByRole("button", { name: /^5\. Baselines/ }).click();
    const program = page.locator(".program").nth(1);
    const code = program.locator("textarea");
    await code.fill((await code.inputValue()).replace("twoArms(0.9)", "twoArms(0.5)"));
    await program.getByRole("button", { name: "Run" }).click();
    await expect
      .poll(() => program.getByRole("status").textContent(), patient)
      .toBe("3 of 3 lines differ from the book.");
    expect(await program.locator("ins").first().textContent()).toBe("minus nothing: variance 0.1250");
    await code.fill('const a: number = 1;\nconsole.log(a);\nthrow new Error("no");\n');
    await program.getByRole("button", { name: "Run" }).click();
    await expect.poll(() => program.getByRole("alert").allTextContents(), patient).toEqual(["Line 3: Error: no"]);
    await program.getByRole("button", { name: "Back to the book" }).click();
    await program.getByRole("button", { name: "Run" }).click();
    await expect.poll(() => program.getByRole("status").textContent(), patient).toBe("As in the book.");
    expect(troubles).toEqual([]);
  });

  it("test an answer, name its mistakes, stop a loop that does not end, and keep the grade", async () => {
    await enter("exercise");
    const text = (name: string): string => readFileSync(join(root, "exercises/reinforce", name), "utf8");
    const right = "returns[t] = following;";
    expect(text("solution.ts")).toContain(right);
    const code = page.getByLabel("Your code for reinforce");
    await code.fill(
      text("solution.ts")
        .replace(right, "returns[t] = -following;")
        .replace("export function act(", "export function act(): number {\n  for (;;);\n}\nfunction unused("),
    );
    await page.getByRole("button", { name: "Check" }).click();
    const outcome = (name: string) => page.locator(`[data-test=${name}]`);
    await expect.poll(() => page.getByText("5 of 14 tests pass").count(), { ...patient, timeout: 120_000 }).toBe(1);
    expect(await outcome("returns-half").getAttribute("class")).toBe("failed");
    expect(await outcome("returns-half").locator(".explained").textContent()).toMatch(/sign/);
    expect(await page.locator(".tests .explained").allTextContents()).toContain(
      "The test was stopped: it took too long, which is usually a loop that does not end.",
    );
    expect(await outcome("cart-pole").textContent()).toMatch(/It waits until the tests of returnsToGo and act pass/);
    await page.reload();
    await expect.poll(() => page.getByText("5 of 14 tests pass").count(), patient).toBe(1);
    expect(await code.inputValue()).toContain("-following");
    expect(troubles).toEqual([]);
  });
});
