/**
 * Measures how long training holds up a page: the time of each slice of work between two moments at which Chromium may draw and
 * take input. Trains with default presets, from the first update on, in three ways:
 *
 *   advance      a page that calls run.advance(16) and returns to the event loop
 *   advanceAsync a page that awaits run.advanceAsync(16)
 *   for await    a page that loops with for await (const update of run)
 *
 *   npm run build && node bench/page/run.mjs [--runs 5] [--only ppo] [--output bench/page/results.json]
 *
 * Each run has a page of its own, so that it compiles everything anew. Training is deterministic: slice k does the same work in
 * every run, and its time is the shortest of all runs, because other load on the machine can only add to it. Figures in
 * milliseconds. "later" leaves out the first tenth of the slices, in which Chromium still compiles. The weights must be those
 * that Node trains without a pause.
 */
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { train } from "../../dist/index.js";
import { commit, machine } from "../race.mjs";

const { values: given } = parseArgs({
  options: { runs: { type: "string", default: "5" }, only: { type: "string" }, output: { type: "string" } },
});
const LIMIT = 12;
const tasks = [
  { algorithm: "ppo", env: "CartPole-v1", updates: 30 },
  { algorithm: "a2c", env: "CartPole-v1", updates: 300 },
  { algorithm: "reinforce", env: "CartPole-v1", updates: 200 },
  { algorithm: "ppo", env: "LunarLander-v3", updates: 3 },
].filter(({ algorithm }) => given.only === undefined || algorithm === given.only);
const ways = ["advance", "advanceAsync", "for await"];

/** Runs in the page. `globalThis.measure` returns the time of each slice, and what the weights came to. */
const program = `
  import { train } from "./dist/index.js";
  import { backendName } from "./dist/tensor/index.js";

  let slices = [];
  let began = 0;
  const post = MessagePort.prototype.postMessage;
  // A run asks for its next turn with a message, so a slice lasts from one message to the next.
  MessagePort.prototype.postMessage = function (message) {
    const now = performance.now();
    slices.push(now - began);
    began = now;
    return post.call(this, message);
  };
  const turn = () => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(port1.close());
    post.call(port2, undefined);
  });

  const drivers = {
    async advance(run, updates) {
      for (let done = 0; done < updates && !run.finished; ) {
        const start = performance.now();
        const update = run.advance(16);
        slices.push(performance.now() - start);
        if (update !== undefined) done++;
        await turn();
      }
    },
    async advanceAsync(run, updates) {
      for (let done = 0; done < updates && !run.finished; ) if ((await run.advanceAsync(16)) !== undefined) done++;
    },
    async "for await"(run, updates) {
      for await (const { update } of run) if (update === updates) break;
    },
  };

  globalThis.measure = async ({ way, updates, ...config }) => {
    const run = train(config);
    slices = [];
    began = performance.now();
    const start = began;
    await drivers[way](run, updates);
    const seconds = (performance.now() - start) / 1000;
    return { slices, seconds, backend: backendName, ...run.result() };
  };
`;

const root = fileURLToPath(new URL("../../", import.meta.url));
const bundled = await build({
  stdin: { contents: program, resolveDir: root },
  bundle: true,
  minify: true,
  format: "esm",
  write: false,
});
const bundle = bundled.outputFiles[0].text;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});

/** One run in a page of its own, from a site that exists in this process alone. */
async function inPage(config) {
  const page = await browser.newPage();
  await page.route("http://ascent.test/**", (route) =>
    route.request().url().endsWith(".js")
      ? route.fulfill({ contentType: "text/javascript", body: bundle })
      : route.fulfill({ contentType: "text/html", body: `<script type="module" src="bundle.js"></script>` }),
  );
  await page.goto("http://ascent.test/");
  await page.waitForFunction("globalThis.measure !== undefined");
  const result = await page.evaluate((given) => globalThis.measure(given), config);
  await page.close();
  return result;
}

function weightsInNode({ updates, ...config }) {
  const run = train(config);
  for (const { update } of run) if (update === updates) break;
  return run.result().weightsSha256;
}

const round = (value, digits = 1) => Number(value.toFixed(digits));
const longestOf = (slices) => slices.reduce((longest, ms) => Math.max(longest, ms), 0);

const rows = [];
for (const task of tasks) {
  const config = { ...task, seed: 0 };
  const expected = weightsInNode(config);
  for (const way of ways) {
    const runs = [];
    for (let i = 0; i < Number(given.runs); i++) runs.push(await inPage({ ...config, way }));
    const wrong = runs.find(({ weightsSha256 }) => weightsSha256 !== expected);
    if (wrong !== undefined) throw new Error(`${task.algorithm} on ${task.env}, ${way}: other weights than in Node`);
    const slices = runs[0].slices.map((_, k) => Math.min(...runs.map((run) => run.slices[k])));
    const ordered = [...slices].sort((a, b) => a - b);
    const longest = longestOf(slices);
    const { updates } = runs[0];
    rows.push({
      task: `${task.algorithm} ${task.env}`,
      way,
      longest: round(longest),
      "at slice": slices.indexOf(longest),
      "longest, later": round(longestOf(slices.slice(Math.ceil(slices.length / 10)))),
      p99: round(ordered[Math.floor(0.99 * ordered.length)]),
      slices: slices.length,
      "ms per update": round((1000 * Math.min(...runs.map(({ seconds }) => seconds))) / updates),
      backend: runs[0].backend,
      load: round(loadavg()[0]),
      reached: longest <= LIMIT,
    });
  }
}
await browser.close();
console.table(rows);
const result = { bench: "page", runs: Number(given.runs), limit: LIMIT, commit: commit(), machine: machine(), rows };
if (given.output !== undefined) writeFileSync(given.output, `${JSON.stringify(result, null, 1)}\n`);
