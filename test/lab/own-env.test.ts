/** The room for environments of one's own, in the built page: served by `ascent lab`, and by a host that sends no headers. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import "../../lab/src/own-env/examples/catch.js";
import { type Lab, serveLab } from "../../src/node/lab/start-lab.js";
import { trainNamed } from "../../src/training/train.js";
import { newFolder } from "../lab-served.js";
import { root } from "../root.js";
import { hasBrowser, launching, staticHost } from "./lab-page.js";

const dist = join(root, "dist/lab");
const catching = readFileSync(join(root, "lab/src/own-env/examples/catch.ts"), "utf8");
const patient = { timeout: 60_000, interval: 50 };

describe.skipIf(!hasBrowser)("the room for one's own environment", () => {
  let browser: Browser;
  let lab: Lab;
  let host: Awaited<ReturnType<typeof staticHost>>;
  /** Begins in `beforeAll`, since patience takes its time. */
  let loop: Page;

  beforeAll(async () => {
    browser = await chromium.launch(launching);
    lab = await serveLab({ folders: [newFolder()], port: 0 }, { page: dist });
    host = await staticHost();
    loop = await room(catching.replace("step(action) {", "step(action) {\n      while (true);"));
    await loop.getByRole("button", { name: "Check" }).click();
  });

  afterAll(async () => {
    await browser.close();
    await host.close();
    await lab.close();
  });

  /** The room in a new browser, with code that this browser has kept. */
  async function room(code?: string, address = `${lab.address}&view=own`): Promise<Page> {
    const context: BrowserContext = await browser.newContext();
    if (code !== undefined) {
      const kept = JSON.stringify({ code, settings: "algorithm=ppo&seed=0&steps=60000" });
      await context.addInitScript((text) => localStorage.setItem("ascent-lab-own-env", text), kept);
    }
    const page = await context.newPage();
    await page.goto(address);
    await page.locator(".cm-content").waitFor();
    return page;
  }

  const findings = (page: Page): Promise<string> => page.locator(".findings").innerText();
  const train = (page: Page) => page.locator(".own-env").getByRole("button", { name: "Train" }).click();
  const hash = (page: Page): Promise<string> => page.locator(".own-env [data-hash]").innerText();
  const sentence = (page: Page): Promise<string> => page.locator(".sentence").innerText();

  it("has its frame's script in the policy of the frame, and a header that takes the frame's origin", async () => {
    const response = await fetch(`http://127.0.0.1:${lab.port}/own-env.html`);
    expect(response.headers.get("content-security-policy")).toBe("sandbox allow-scripts; frame-ancestors 'self'");
    const html = await response.text();
    const [, script] = /<script>(.*)<\/script>/s.exec(html) as RegExpExecArray;
    const digest = createHash("sha256").update(script).digest("base64");
    expect(html).toContain(
      `content="default-src 'none'; script-src 'sha256-${digest}' 'wasm-unsafe-eval' blob:; worker-src blob:"`,
    );
  });

  it("shows an error of types at its line, and completes names", async () => {
    const page = await room();
    await page.locator(".cm-line", { hasText: "const rng = defaultRng(0);" }).click();
    await page.keyboard.press("End");
    await page.keyboard.type(" const wrong: number = true;");
    await expect.poll(() => findings(page), patient).toContain("Type 'boolean' is not assignable to type 'number'");
    expect(await findings(page)).toContain("Line 9");
    await expect.poll(() => page.locator(".cm-lint-marker-error").count(), patient).toBe(1);
    await page.keyboard.type(" rng.unif");
    await expect.poll(() => page.locator(".cm-tooltip-autocomplete").innerText(), patient).toContain("uniform");
    await page.context().close();
  });

  it("checks and trains the starter, and the link leads to the same hash after the visitor has agreed", async () => {
    const page = await room();
    await page.getByRole("button", { name: "Check" }).click();
    await expect.poll(() => findings(page), patient).toContain("Catch-v0 passes every check");
    // Fewer steps than the starter has, for a test: a random policy catches two balls of ten.
    await page.getByRole("textbox", { name: "steps", exact: true }).fill("12000");
    await train(page);
    await expect.poll(() => sentence(page), patient).toMatch(/^Still improving/);
    const [, average] = /episodes average ([\d.]+)/.exec(await sentence(page)) ?? [];
    expect(Number(average)).toBeGreaterThan(4);
    const reached = await hash(page);
    const here = trainNamed({ algorithm: "ppo", env: "Catch-v0", seed: 0, steps: 12_000 });
    for (const _ of here);
    expect(reached).toBe(here.result().weightsSha256);
    const link = new URL(page.url()).hash;
    await page.reload();
    await page.locator(".cm-content").waitFor();
    expect(await page.locator(".own-env [role=alert]").count()).toBe(0);
    await page.context().close();

    const other = await room(undefined, host.address + link);
    await expect.poll(() => other.locator(".own-env [role=alert]").innerText(), patient).toContain("it has not run");
    expect(await other.locator(".cm-content").innerText()).toContain("This one is a game of catch");
    expect(await other.locator("iframe").count()).toBe(0);
    expect(await other.locator(".own-env").getByRole("button", { name: "Train" }).count()).toBe(0);
    await other.getByRole("button", { name: "I have read it: run this code" }).click();
    await expect.poll(() => sentence(other), patient).toMatch(/^Still improving/);
    expect(await hash(other)).toBe(reached);
    await other.context().close();
  });

  it("says which line threw, in a check and in training", async () => {
    const code = catching.replace("height -= 1;", "height -= 1;\n      if (height < 9) undefined!.x;");
    const line = code.split("\n").findIndex((text) => text.includes("undefined!.x")) + 1;
    const page = await room(code);
    for (const act of [() => page.getByRole("button", { name: "Check" }).click(), () => train(page)]) {
      await act();
      await expect.poll(() => findings(page), patient).toMatch(/Cannot read properties of undefined/);
      expect(await findings(page)).toContain(`Line ${line}`);
    }
    await page.context().close();
  });

  it.each(["ascent lab", "a host without headers"])("reaches nothing from the code, on %s", async (where) => {
    const probe = `
      const self: any = globalThis;
      const told: string[] = [self.origin];
      for (const name of ["indexedDB", "caches", "localStorage"]) {
        try { self[name].open("x"); told.push(name + " reached"); } catch { told.push(name + " refused"); }
      }
      Promise.all([
        self.fetch(HOST).then(() => "fetched", () => "fetch refused"),
        import(HOST + "own.js").then(() => "imported", () => "import refused"),
        self.navigator.storage?.getDirectory?.().then(() => "files reached", () => "files refused"),
      ]).then((more) => { throw new Error([...told, ...more].join(", ")); });`;
    const code = catching + probe.replaceAll("HOST", JSON.stringify(host.address));
    const page = await room(code, where === "ascent lab" ? undefined : `${host.address}#view=own`);
    await train(page);
    await expect.poll(() => findings(page), patient).toMatch(/fetch refused/);
    const text = await findings(page);
    for (const word of ["null", "indexedDB refused", "caches refused", "localStorage refused", "import refused"])
      expect(text).toContain(word);
    expect(text).not.toMatch(/reached|fetched|imported/);
    await page.context().close();
  });

  it("stops code that never answers, and goes on", async () => {
    await expect.poll(() => findings(loop), patient).toContain("did not answer for 10 seconds, so it was stopped");
    expect(await loop.locator("iframe").count()).toBe(0);
    await loop.locator(".origin select").selectOption({ index: 2 });
    await train(loop);
    await expect.poll(() => sentence(loop), patient).toContain("Hover-v0");
    await loop.context().close();
  });
});
