/**
 * Measures whether the lab's page stays smooth: tasks of its thread over 50 ms, as the browser reports them, and the time between
 * frames. Four runs of CartPole train at once, drawn in all charts, while the cross-hair moves over them.
 *
 *   npm run build && node bench/lab/frames.mjs [--seconds 10] [--output bench/lab/frames.json]
 *
 * The machine may be busy with other things, and the page's thread then waits for a core. So the same is measured on an empty
 * page, and with the four runs paused: what the lab adds is the difference. Times in milliseconds; "busy" is processor time of the
 * page's thread, and so is one column of tasks: other load does not add to them.
 */
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { startLab } from "../../dist/node/index.js";
import { commit, machine } from "../race.mjs";

const { values: given } = parseArgs({
  options: { seconds: { type: "string", default: "10" }, output: { type: "string" } },
});
const seconds = Number(given.seconds);

/** Runs in the page before all else. */
function watch() {
  globalThis.tasks = [];
  globalThis.gaps = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.tasks.push(duration);
  }).observe({ type: "longtask" });
  let last = performance.now();
  requestAnimationFrame(function tick(now) {
    globalThis.gaps.push(now - last);
    last = now;
    requestAnimationFrame(tick);
  });
}

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
const rounded = (x) => Math.round(x * 10) / 10;

/** The longest task of a page's thread by its processor time: what it would take on a machine that has nothing else to do. */
function longestOf(events) {
  const threads = new Set(
    events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(threadOf),
  );
  const own = events.filter((event) => /RunTask$/.test(event.name) && threads.has(threadOf(event)));
  return Math.max(...own.map(({ tdur = 0 }) => tdur / 1000));
}

const threadOf = ({ pid, tid }) => `${pid} ${tid}`;

/** What has happened in so many seconds, while `act` is called again and again. */
async function measured(page, name, act) {
  await page.evaluate(() => {
    globalThis.tasks.length = 0;
    globalThis.gaps.length = 0;
  });
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
  const before = await busy();
  const start = performance.now();
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    await act();
    await page.waitForTimeout(20);
  }
  const share = ((await busy()) - before) / ((performance.now() - start) / 1000);
  const longest = longestOf(JSON.parse(String(await browser.stopTracing())).traceEvents);
  const { tasks, gaps } = await page.evaluate(() => ({ tasks: globalThis.tasks, gaps: globalThis.gaps.slice(1) }));
  const sorted = gaps.toSorted((a, b) => a - b);
  const figures = {
    "tasks > 50": tasks.length,
    "longest task": rounded(Math.max(0, ...tasks)),
    "longest task, processor time": rounded(longest),
    frames: gaps.length,
    "frames > 33": gaps.filter((gap) => gap > 33.4).length,
    "p50 frame": rounded(quantile(sorted, 0.5)),
    "p99 frame": rounded(quantile(sorted, 0.99)),
    "longest frame": rounded(sorted.at(-1)),
    "busy %": rounded(share * 100),
    load: rounded(loadavg()[0]),
  };
  console.log(name.padEnd(34), JSON.stringify(figures));
  return { name, ...figures };
}

const lab = await startLab({ folders: [fileURLToPath(new URL(".", import.meta.url))] });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 1200 } });
await page.addInitScript(watch);
const devtools = await page.context().newCDPSession(page);
await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
/** Seconds of processor time that the page's thread has taken: other load on the machine does not add to it. */
async function busy() {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value;
}
const results = [];

await page.goto(lab.address.replace(/#.*/, "manifest.webmanifest"));
results.push(await measured(page, "an empty page", async () => {}));

// A seed and a budget with which the first run goes on as long as the others.
await page.goto(`${lab.address}&algorithm=reinforce&env=CartPole-v1&seed=5&episodes=100000&stopWhenSolved=false`);
for (const rate of [0.001, 0.002, 0.004]) {
  const link = `algorithm=reinforce&env=CartPole-v1&seed=5&episodes=100000&stopWhenSolved=false&learningRate=${rate}`;
  await page.locator(".run .state").last().waitFor();
  await page.waitForTimeout(1000);
  await page.evaluate((fragment) => void (location.hash = fragment), link);
}
await page.locator(".run").nth(3).waitFor();
await page.getByRole("button", { name: "Compare", exact: true }).click();
await page.locator(".curves canvas").first().waitFor();
await page.waitForTimeout(3000);

const box = await page.locator(".curves").first().boundingBox();
let turn = 0;
const point = () => page.mouse.move(box.x + 60 + ((turn++ * 17) % (box.width - 80)), box.y + 100);
results.push(await measured(page, "four runs, charts", async () => {}));
results.push(await measured(page, "four runs, charts, a moving hand", point));
await page.getByRole("button", { name: "Train", exact: true }).click();
await page.getByRole("button", { name: "Pause all" }).click();
await page.getByRole("button", { name: "Compare", exact: true }).click();
await page.waitForTimeout(2000);
results.push(await measured(page, "paused, charts", async () => {}));
results.push(await measured(page, "paused, charts, a moving hand", point));

await browser.close();
await lab.close();
if (given.output !== undefined)
  writeFileSync(
    given.output,
    `${JSON.stringify({ commit: commit(), machine: machine(), seconds, results }, null, 2)}\n`,
  );
