/**
 * Builds the site and looks at it: `node bench/site/run.mjs`, or with `--built` at the site as it is.
 *
 * Of every page of the side bar it reads the HTML, and says which pages, links and pictures lead nowhere and which formulae the
 * renderer marks as errors. Then a browser opens three pages at 1280 pixels, light, and at 390, dark, and searches for a word.
 * It ends with 1 if anything was wrong.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { sideBar } from "../../site/.vitepress/navigation.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const site = join(root, "site/dist");
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const LOOKED_AT = ["/lecture/02-the-gradient.html", "/lecture/12-break-it.html", "/algorithms/ppo.html"];

if (!process.argv.includes("--built")) {
  const { status } = spawnSync(process.execPath, ["scripts/site.mjs"], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(1);
}

const wrong = [];
const links = sideBar(join(root, "docs")).flatMap(({ items }) => items.map(({ link }) => link));
const pages = ["/", ...links].map((link) => (link.endsWith("/") ? `${link}index.html` : `${link}.html`));
const formulae = pages.reduce((sum, page) => sum + read(page), 0);
console.log(`${pages.length} pages, ${formulae} formulae`);
await look();
for (const line of wrong) console.log(line);
process.exitCode = wrong.length > 0 ? 1 : 0;

/** Reads a page, and returns how many formulae it has. */
function read(page) {
  if (!existsSync(join(site, page))) {
    wrong.push(`${page} is missing`);
    return 0;
  }
  const html = readFileSync(join(site, page), "utf8");
  if (/merror/.test(html)) wrong.push(`${page}: a formula can't be read`);
  for (const [, target] of html.matchAll(/ (?:href|src)="([^"#?]+)/g)) {
    if (/^(https?|data|mailto):/.test(target)) continue;
    const path = target.startsWith("/") ? target : join(dirname(page), target);
    if (!existsSync(join(site, path))) wrong.push(`${page}: ${target} leads nowhere`);
  }
  return html.match(/<mjx-container/g)?.length ?? 0;
}

async function look() {
  const server = createServer(({ url }, response) => {
    const path = join(site, url === "/" ? "index.html" : new URL(url, "http://site").pathname);
    if (!existsSync(path)) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
    response.end(readFileSync(path));
  });
  await new Promise((listening) => server.listen(0, listening));
  const address = `http://localhost:${server.address().port}`;
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  for (const how of [
    { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
    { viewport: { width: 390, height: 900 }, colorScheme: "dark" },
  ]) {
    const page = await browser.newPage(how);
    const { width } = how.viewport;
    page.on("pageerror", (error) => wrong.push(`at ${width}: ${error}`));
    for (const path of LOOKED_AT) {
      await page.goto(address + path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      if (wide) wrong.push(`${path}: wider than ${width} pixels`);
    }
    await page.locator(".VPNavBarSearch button").first().click();
    await page.fill("#localsearch-input", "Baselines");
    const first = page.locator(".VPLocalSearchBox .result").first();
    const found = await first.textContent({ timeout: 60_000 }).catch(() => "nothing");
    if (!found.includes("Baselines")) wrong.push(`the search for Baselines at ${width} found ${found}`);
  }
  await browser.close();
  server.close();
}
