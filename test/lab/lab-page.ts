/** The built page of the lab on a plain host, below a path, as a static host has it: no headers but the type. */

import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { Page } from "playwright-core";
import { root } from "../root.js";

const executablePath: string = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const hasBrowser: boolean = existsSync(executablePath);
if (!hasBrowser) console.log(`skipped: no Chromium at ${executablePath}; CHROMIUM may name another place`);

/** For a browser that is started by root in a container, without a graphics card. */
export const launching = { executablePath, args: ["--no-sandbox", "--disable-gpu"] };

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** Serves `dist/lab` at `/some/path/`. */
export async function staticHost(): Promise<{ readonly address: string; close(): Promise<void> }> {
  const server: Server = createServer(({ url = "" }, response) => {
    const path = new URL(url, "http://host").pathname.replace(/^\/some\/path\//, "");
    const file = join(root, "dist/lab", path === "" ? "index.html" : path);
    if (!url.startsWith("/some/path/") || path.includes("..") || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/some/path/`,
    close: () => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}

/** Collects what goes wrong in a page: errors that nobody caught, and messages of the console. */
export function troublesOf(page: Page): string[] {
  const troubles: string[] = [];
  page.on("pageerror", ({ message }) => troubles.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(message.text());
  });
  return troubles;
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The faults that axe finds in what is to be seen of a page, each with the beginnings of its elements. */
export async function faultsOf(page: Page): Promise<[rule: string, elements: string[]][]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (globalThis as never as { axe: typeof import("axe-core") }).axe.run(),
  );
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 120))]);
}

/** Whether nothing of the page lies beside the screen. */
export function fitsWidth(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
}
