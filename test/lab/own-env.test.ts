/** The room for environments of one's own, in the built page: served by `ascent lab`, and by a host that sends no headers. */

import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, serveLab } from "../../src/node/lab/start-lab.js";
import { newFolder } from "../lab-served.js";
import { root } from "../root.js";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.log(`skipped: no Chromium at ${executablePath}; CHROMIUM may name another place`);

const dist = join(root, "dist/lab");
const catching = readFileSync(join(root, "lab/src/own-env/examples/catch.ts"), "utf8");
const patient = { timeout: 60_000, interval: 50 };

/** A host that serves files, and no policy of its own. */
function plainHost(): Promise<{ server: Server; address: string }> {
  const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
  const server = createServer(({ url = "" }, response) => {
    const path = url === "/" ? "/index.html" : url.replace(/\?.*/, "");
    if (path.includes("..") || !existsSync(join(dist, path))) response.writeHead(404).end();
    else {
      response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" });
      response.end(readFileSync(join(dist, path)));
    }
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () =>
      resolve({ server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }),
    );
  });
}

describe.skipIf(!hasBrowser)("the room for one's own environment", () => {
  let browser: Browser;
  let lab: Lab;
  let host: { server: Server; address: string };
  /** Begins in `beforeAll`, since patience takes its time. */
  let loop: Page;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    lab = await serveLab({ folders: [newFolder()], port: 0 }, { page: dist });
    host = await plainHost();
    loop = await room(catching.replace("step(action) {", "step(action) {\n      while (true);"));
    await loop.getByRole("button", { name: "Check" }).click();
  });

  afterAll(async () => {
    await browser.close();
    host.server.close();
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
    await train(page);
    await expect.poll(() => sentence(page), patient).toMatch(/^Solved/);
    const reached = await hash(page);
    expect(reached).toMatch(/^[0-9a-f]{64}$/);
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
    await expect.poll(() => sentence(other), patient).toMatch(/^Solved/);
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
