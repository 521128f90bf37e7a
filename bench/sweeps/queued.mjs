// Memory of a sweep of 10,000 runs over a queue: that of the sweep's process, and that of the store, before the runs are queued,
// when they are, while they are collected, and at the end. Workers hand in the files of one run that was trained before, since
// training is not what is measured.
//
//   node bench/sweeps/queued.mjs --store redis|postgres [--runs 10000] [--quick] [--write]
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { openQueue, startSweep } from "../../dist/node/index.js";
import { readQueueAddress } from "../../dist/node/queue/address.js";
import { queueOf, runCode } from "../../dist/node/queue/run-code.js";
import { openStore } from "../../dist/node/queue/store.js";
import { codeAtHand } from "../../dist/node/sweeps/sweep-code.js";
import { planSweep, runsOf } from "../../dist/sweeps/index.js";
import { report } from "./measured.mjs";
import { startStore } from "./queue-sweep.mjs";

const { values } = parseArgs({
  options: {
    store: { type: "string", default: "redis" },
    runs: { type: "string" },
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const wanted = Number(values.runs ?? (values.quick ? 1000 : 10_000));
const program = fileURLToPath(new URL("handing-worker.mjs", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "ascent-queued-"));
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

const small = { algorithm: "reinforce", env: "CartPole-v1", episodes: 1, options: { hidden: [16] } };
const sample = startSweep(planSweep({ ...small, seeds: 1 }), { out: join(place, "sample"), jobs: 1 });
for await (const _ of sample);
const handedIn = join(sample.folder, "runs", sample.runs[0].id);
const bytesOfARun = readdirSync(handedIn).reduce((sum, name) => sum + statSync(join(handedIn, name)).size, 0);

const server = await startStore(values.store);
const plan = planSweep({ ...small, seeds: wanted });
const runs = runsOf(plan).length;
const queue = await openQueue(server.url);
const sweep = startSweep(plan, { out: join(place, "sweep"), queue });
const jobs = (await openStore(readQueueAddress(server.url))).queue(queueOf(runCode(codeAtHand([]))));

async function storeBytes() {
  if (values.store === "redis") {
    const { Redis } = await import("ioredis");
    const client = new Redis(server.url);
    const text = await client.info("memory");
    client.disconnect();
    return Number(/used_memory:(\d+)/.exec(text)[1]);
  }
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query("SELECT pg_database_size(current_database()) AS bytes");
  await client.end();
  return Number(rows[0].bytes);
}

const mebibytes = (bytes) => Number((bytes / 2 ** 20).toFixed(1));
const measures = [];
async function measure(when) {
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  measures.push({
    when,
    heapMiB: mebibytes(heapUsed),
    rssMiB: mebibytes(rss),
    storeMiB: mebibytes(await storeBytes()),
  });
  console.error(JSON.stringify(measures.at(-1)));
}

const workers = [];
const collected = new Set();
let twice = 0;
let broken = 0;
await measure("before");
const began = performance.now();
let queuedSeconds;
/** Workers come when all runs are queued. */
const timer = setInterval(async () => {
  if (workers.length > 0 || (await jobs.getWaitingCount()) < runs) return;
  clearInterval(timer);
  if (workers.length > 0) return;
  queuedSeconds = (performance.now() - began) / 1000;
  const env = { ...process.env, ASCENT_QUEUE: server.url };
  for (let i = 0; i < 2; i++) workers.push(spawn(process.execPath, [program, handedIn], { env, stdio: "inherit" }));
  await measure("queued");
}, 500);
const step = Math.ceil(runs / 10);
try {
  for await (const news of sweep) {
    if (news.kind === "broken") broken++;
    if (news.kind !== "done") continue;
    if (collected.has(news.id)) twice++;
    collected.add(news.id);
    if (collected.size % step === 0) await measure(`${collected.size} collected`);
    rmSync(join(sweep.folder, "runs", news.id), { recursive: true, force: true });
  }
  const seconds = (performance.now() - began) / 1000;
  for (const worker of workers) worker.kill("SIGKILL");
  await measure("after");
  const tenth = measures.findIndex(({ when }) => when.endsWith("collected"));
  const flat = measures.slice(tenth).map(({ heapMiB }) => heapMiB);
  const figures = {
    store: values.store,
    runs,
    bytesOfARun,
    lost: runs - collected.size - broken,
    broken,
    collectedTwice: twice,
    leftInQueue: await jobs.getJobCountByTypes("waiting", "active", "completed", "failed", "delayed"),
    queuedSeconds: Number(queuedSeconds.toFixed(1)),
    seconds: Number(seconds.toFixed(1)),
    heapGrowthWhileCollectingMiB: Number((Math.max(...flat) - flat[0]).toFixed(1)),
    measures,
  };
  report(figures, values.write && `queued-${values.store}.json`);
  process.exitCode = figures.lost + broken + twice + figures.leftInQueue > 0 ? 1 : 0;
} finally {
  clearInterval(timer);
  for (const worker of workers) worker.kill("SIGKILL");
  await jobs.close();
  await queue.close();
  await server.close();
  rmSync(place, { recursive: true, force: true });
}
