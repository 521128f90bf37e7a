// 200 short runs over a queue with three workers. In each round one of them, with all its processes, is killed by SIGKILL at a
// random moment, and another one takes its place. No run may be lost or counted twice, and every file that only the plan
// determines has to be, byte for byte, that of the same sweep on this machine. `--restart-server` kills the server of the queue
// too, and starts it again two seconds later.
//
//   node bench/sweeps/queue.mjs --store redis|postgres [--rounds 20] [--restart-server] [--seed 0] [--quick] [--write]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openQueue, startSweep } from "../../dist/node/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { planSweep, runsOf } from "../../dist/sweeps/index.js";
import { differences, digests } from "./digests.mjs";
import { report } from "./measured.mjs";
import { startStore, startWorker } from "./queue-sweep.mjs";

const { values } = parseArgs({
  options: {
    store: { type: "string", default: "redis" },
    rounds: { type: "string" },
    seed: { type: "string", default: "0" },
    "restart-server": { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const { store, quick, "restart-server": restarts } = values;
const rounds = Number(values.rounds ?? (quick ? 2 : 20));
const seeds = quick ? 2 : 10;
const grid = { learningRate: [1e-4, 1e-3, 1e-2, 1e-1], gamma: [0.9, 0.95, 0.98, 0.99, 0.999] };
const plan = planSweep({ algorithm: "reinforce", env: "CartPole-v1", grid, seeds, episodes: 80 });
const runs = runsOf(plan);
const rng = defaultRng(BigInt(values.seed));
const place = mkdtempSync(join(tmpdir(), "ascent-queued-"));

const here = startSweep(plan, { out: join(place, "here") });
for await (const _ of here);
const expected = digests(here.folder);

const server = await startStore(store);
const failures = [];
const totals = { begun: 0, doneByWorkers: 0, killed: 0, restarts: 0 };
const seconds = [];

/** Kills one of three workers at a share of the sweep between 0 and 1, and replaces it. Nothing of it may outlive it. */
async function round(number) {
  const queue = await openQueue(server.url, { patience: 120, say: (line) => console.error(line) });
  const sweep = startSweep(plan, { out: join(place, `round-${number}`), queue });
  const workers = Array.from({ length: 3 }, () => startWorker(server.url));
  const all = [...workers];
  const killAt = Math.floor(rng.random() * runs.length);
  const restartAt = restarts ? Math.floor(rng.random() * runs.length) : undefined;
  const acts = [];
  const counts = new Map();
  const began = performance.now();

  async function kill() {
    // Somewhere within a run, not just after one.
    await wait(rng.random() * 1000);
    const victim = rng.integers(workers.length);
    await workers[victim].kill();
    totals.killed++;
    workers[victim] = startWorker(server.url);
    all.push(workers[victim]);
  }
  async function restart() {
    await wait(rng.random() * 1000);
    await server.kill();
    await wait(2000);
    await server.start();
    totals.restarts++;
  }

  const act = (done) => {
    if (done === killAt) acts.push(kill());
    if (done === restartAt) acts.push(restart());
  };
  act(0);
  for await (const news of sweep) {
    if (news.kind === "broken") failures.push(`round ${number}: ${news.id} is broken: ${news.error.message}`);
    if (news.kind === "differs") failures.push(`round ${number}: ${news.id} differs: ${news.machines.join(", ")}`);
    if (news.kind !== "done") continue;
    counts.set(news.id, (counts.get(news.id) ?? 0) + 1);
    act(counts.size);
  }
  await Promise.all(acts);
  seconds.push((performance.now() - began) / 1000);
  await queue.close();
  await Promise.all(workers.map((worker) => worker.kill()));

  const lost = runs.filter(({ id }) => !counts.has(id)).length;
  const twice = [...counts.values()].filter((count) => count > 1).length;
  if (lost + twice > 0) failures.push(`round ${number}: ${lost} lost, ${twice} counted twice`);
  const wrong = differences(expected, digests(sweep.folder));
  if (wrong.length > 0) failures.push(`round ${number}: ${wrong.length} files differ, such as ${wrong[0]}`);
  const said = all.map((worker) => worker.said).join("\n");
  totals.begun += said.match(/ (begins|goes on) here$/gm)?.length ?? 0;
  totals.doneByWorkers += said.match(/ is done$/gm)?.length ?? 0;
  rmSync(sweep.folder, { recursive: true, force: true });
}

try {
  for (let number = 1; number <= rounds; number++) {
    await round(number);
    console.error(`round ${number}: ${seconds.at(-1).toFixed(1)} s, ${failures.length} failures`);
  }
} finally {
  await server.close();
  rmSync(place, { recursive: true, force: true });
}
for (const failure of failures) console.error(failure);
const figures = {
  store,
  rounds,
  runs: runs.length,
  workers: 3,
  killed: totals.killed,
  serverRestarts: totals.restarts,
  begunAgain: totals.begun - rounds * runs.length,
  trainedTwiceToTheEnd: totals.doneByWorkers - rounds * runs.length,
  filesCompared: Object.keys(expected).length * rounds,
  failures: failures.length,
  secondsPerRound: Number((seconds.reduce((a, b) => a + b) / rounds).toFixed(1)),
  seed: values.seed,
};
report(figures, values.write && `queue-${store}${restarts ? "-restart" : ""}.json`);
process.exitCode = failures.length === 0 ? 0 : 1;
