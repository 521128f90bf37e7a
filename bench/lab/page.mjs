/**
 * What the lab costs a visitor: bytes of the first room, time until it has learned from an episode, how fast it answers while
 * it trains, and tasks of its thread over 50 ms.
 *
 *   node bench/lab/page.mjs            # five visits, with Debian's Chromium or that of CHROMIUM
 *
 * The page is that of dist/lab, on a plain host below a path. INP is the 95th percentile of the time from a click or a key to
 * the next picture, as the browser reports it, of 40 interactions while four runs train.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { commit, machine } from "../race.mjs";

const page = fileURLToPath(new URL("../../dist/lab/", import.meta.url));
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const VISITS = 5;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

const [, first] = /const FIRST = (\[.*?\]);/.exec(readFileSync(join(page, "sw.js"), "utf8"));
const files = ["index.html", ...JSON.parse(first)];
const weigh = (compress) => files.reduce((sum, name) => sum + compress(readFileSync(join(page, name))).length, 0);
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
const weight = { files: files.length, gzip: weigh((bytes) => gzipSync(bytes, { level: 9 })), brotli: weigh(brotli) };
console.log(`first room: ${weight.files} files, ${kB(weight.gzip)} with gzip, ${kB(weight.brotli)} with brotli`);

const server = createServer(({ url }, response) => {
  const path = new URL(url, "http://host").pathname.replace(/^\/lab\//, "") || "index.html";
  try {
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
    response.end(readFileSync(join(page, path)));
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => void server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}/lab/`;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

const visits = [];
for (let i = 0; i < VISITS; i++) visits.push(await visit());
await browser.close();
server.close();

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const results = {
  weight,
  firstEpisodeMs: median(visits.map(({ firstEpisode }) => firstEpisode)),
  solvedMs: median(visits.map(({ solved }) => solved)),
  inpMs: median(visits.map(({ inp }) => inp)),
  longTasks: median(visits.map(({ longTasks }) => longTasks)),
  longestTaskMs: median(visits.map(({ longest }) => longest)),
  commit: commit(),
  machine: machine(),
};
console.log(JSON.stringify(results));

async function visit() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const tab = await context.newPage();
  await tab.addInitScript(() => {
    globalThis.long = [];
    globalThis.inputs = [];
    new PerformanceObserver((list) =>
      globalThis.long.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      type: "longtask",
      buffered: true,
    });
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries())
        if (interactionId > 0) globalThis.inputs.push(duration);
    }).observe({ type: "event", durationThreshold: 16, buffered: true });
  });
  const start = performance.now();
  await tab.goto(address);
  await tab.locator(".sentence", { hasText: /after \d+ episodes|Solved/ }).waitFor();
  const firstEpisode = performance.now() - start;
  await tab.locator(".sentence", { hasText: "Solved" }).waitFor({ timeout: 120_000 });
  const solved = performance.now() - start;
  // Four runs that don't end while the page is used.
  for (const seed of [1, 2, 3, 4]) {
    await tab.goto(`${address}#algorithm=ppo&env=LunarLander-v3&seed=${seed}&steps=1000000`);
    await tab.locator(".sentence", { hasText: /is learning LunarLander/ }).waitFor({ timeout: 60_000 });
  }
  await tab.evaluate(() => {
    globalThis.long.length = 0;
    globalThis.inputs.length = 0;
  });
  const button = tab.locator(".stage button").first();
  for (let i = 0; i < 20; i++) {
    await button.click();
    await tab.keyboard.press("Tab");
    await tab.waitForTimeout(250);
  }
  const { long, inputs } = await tab.evaluate(() => ({ long: globalThis.long, inputs: globalThis.inputs }));
  await context.close();
  const sorted = inputs.sort((a, b) => a - b);
  return {
    firstEpisode: Math.round(firstEpisode),
    solved: Math.round(solved),
    // Interactions below 16 ms are not reported, and count as 16.
    inp: sorted.length < 2 ? 16 : sorted[Math.floor(sorted.length * 0.95)],
    longTasks: long.length,
    longest: Math.max(0, ...long),
  };
}

function kB(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
