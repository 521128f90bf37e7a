// A log of many updates, as some hours of small updates write it: how long it takes to write, to open where a run goes on,
// and to read for a report; and the most memory that this takes. Six million updates are more than 2 GiB.
//
//   node bench/reliability/long-log.mjs [--updates 6000000] [--one-part]
//
// --one-part writes all of it to one file.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { partCount, partPath, readInSlices } from "../../dist/node/metrics.js";
import { MetricsLog } from "../../dist/node/metrics-log.js";
import { reportCharts } from "../../dist/report/charts.js";
import { Curves } from "../../dist/report/curves.js";

const { values } = parseArgs({
  options: { updates: { type: "string", default: "6000000" }, "one-part": { type: "boolean", default: false } },
});
const updates = Number(values.updates);
const folder = mkdtempSync(join(tmpdir(), "ascent-log-"));
const path = join(folder, "metrics.jsonl");
const partBytes = values["one-part"] ? Number.POSITIVE_INFINITY : undefined;

/** The longest time between two turns of the event loop, in milliseconds: how late Ctrl-C is noticed. */
function watchForPauses() {
  let longest = 0;
  let before = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - before);
    before = performance.now();
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

function update(n) {
  const noise = (n * 0.6180339887498949) % 1;
  const length = 20 + Math.floor(100 * noise);
  const diagnostics = {
    loss: noise - 0.5,
    entropy: 0.6 - noise / 7,
    gradientNorm: 1 + noise,
    learningRate: 0.001,
    explainedVariance: noise / 3,
    valueLoss: 10 * noise,
    clipFraction: noise / 9,
    klK1: noise / 1e3,
    klK3: noise / 1e4,
    gradientSteps: 16,
  };
  return {
    update: n,
    episodes: n,
    steps: 64 * n,
    returns: [length],
    lengths: [length],
    averageReturn: 70 + noise,
    diagnostics,
  };
}

async function timed(name, work) {
  const start = process.cpuUsage();
  const note = await work();
  const { user, system } = process.cpuUsage(start);
  const seconds = ((user + system) / 1e6).toFixed(1);
  console.log(`${name.padEnd(34)} ${seconds} s of processor time${note ? `, ${note}` : ""}`);
}

const start = { update: 0, episodes: 0, averageReturn: Number.NaN };
await timed(`write ${updates.toLocaleString("en-GB")} updates`, () => {
  const log = MetricsLog.open(path, start, partBytes);
  for (let n = 1; n <= updates; n++) {
    log.append(update(n));
    if (n % 1000 === 0) log.flush();
  }
  log.sync();
  log.close();
  const parts = Array.from({ length: partCount(path) }, (_, i) => statSync(partPath(path, i + 1)).size);
  return `${parts.length} parts, ${(parts.reduce((a, b) => a + b, 0) / 2 ** 30).toFixed(2)} GiB`;
});
await timed("open where the run goes on", () => MetricsLog.open(path, update(updates), partBytes).close());
await timed("read and draw the report's curves", async () => {
  const longest = watchForPauses();
  const curves = new Curves("episode");
  await readInSlices(
    path,
    (each) => curves.add(each),
    () => false,
  );
  const pause = longest();
  return `${reportCharts(curves, undefined).length} characters, at most ${pause.toFixed(0)} ms deaf to Ctrl-C`;
});
console.log(`most memory                        ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
rmSync(folder, { recursive: true });
