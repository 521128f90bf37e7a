/** The page of docs/browser.md, built by Vite and served with the content security policy that it asks for. */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { train } from "../src/training/train.js";
import { root } from "./root.js";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.log(`skipped: no Chromium at ${executablePath}; CHROMIUM may name another place`);

const text = readFileSync(join(root, "docs/browser.md"), "utf8");
const [, html] = /```html\n([\s\S]*?)```/.exec(text) as RegExpExecArray;
const [, policy] = /```http\nContent-Security-Policy: (.*)\n```/.exec(text) as RegExpExecArray;
const script = (name: string): string =>
  (new RegExp(`// ${name}\n[\\s\\S]*?\`\`\``).exec(text) as RegExpExecArray)[0].slice(0, -3);

/** Playwright's own waiting evaluates text, which the policy forbids. */
const patient = { timeout: 30_000, interval: 20 };

describe.skipIf(!hasBrowser)("the page of the documentation", () => {
  let browser: Browser;
  let server: Server;
  let folder: string;
  let sent = policy;

  beforeAll(async () => {
    mkdirSync(join(root, "build"), { recursive: true });
    folder = mkdtempSync(join(root, "build/browser-page-"));
    writeFileSync(join(folder, "index.html"), html);
    writeFileSync(join(folder, "page.ts"), script("page.ts"));
    // The same run, but short enough for a test, and long enough to be paused in.
    const worker = script("worker.ts");
    expect(worker).toContain("steps: 50_000");
    writeFileSync(join(folder, "worker.ts"), worker.replace("steps: 50_000", "steps: 12_000"));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/ascent"));
    await build({ root: folder, logLevel: "error", configFile: false });
    const types: Record<string, string> = { html: "text/html", js: "text/javascript" };
    const built = new Map(
      readdirSync(join(folder, "dist"), { recursive: true, encoding: "utf8" })
        .filter((name) => /\.(html|js)$/.test(name))
        .map((name) => [`/${name}`, readFileSync(join(folder, "dist", name), "utf8")]),
    );
    server = createServer(({ url = "" }, response) => {
      const name = url === "/" ? "/index.html" : url;
      const type = types[name.slice(name.lastIndexOf(".") + 1)];
      response.writeHead(built.has(name) ? 200 : 404, {
        "content-type": type ?? "text/plain",
        "content-security-policy": sent,
      });
      response.end(built.get(name));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("trains in its worker to the bits of Node, and then lets the policy act", async () => {
    const run = train({ algorithm: "ppo", env: "CartPole-v1", seed: 0, steps: 12_000 });
    for (const _ of run);
    sent = policy;
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const { verdict, weightsSha256 } = run.result();
    await expect.poll(() => page.textContent("#progress"), patient).toBe(`${verdict.text} SHA-256 ${weightsSha256}`);
    const picture = (): Promise<string> => page.evaluate("document.querySelector('#world').toDataURL()");
    const first = await picture();
    await page.waitForTimeout(200);
    expect(await picture()).not.toBe(first);
    expect(errors).toEqual([]);
    await page.close();
  }, 60_000);

  it("can be paused, and goes on", async () => {
    sent = policy;
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await expect.poll(() => page.textContent("#progress"), patient).toMatch(/^\d+ steps, average return/);
    await page.click("#pause");
    await page.waitForTimeout(100);
    const at = await page.textContent("#progress");
    await page.waitForTimeout(200);
    expect(await page.textContent("#progress")).toBe(at);
    await page.click("#pause");
    await expect.poll(() => page.textContent("#progress"), patient).not.toBe(at);
    await page.close();
  }, 60_000);

  it("needs 'wasm-unsafe-eval': without it the error names the directive", async () => {
    sent = policy.replace(" 'wasm-unsafe-eval'", "");
    expect(sent).not.toBe(policy);
    const page = await browser.newPage();
    const error = new Promise<string>((resolve) => page.on("pageerror", ({ message }) => resolve(message)));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(await error).toMatch(/Content Security Policy|unsafe-eval/);
    await page.close();
  });
});
