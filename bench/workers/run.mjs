/**
 * Measures what worker threads add to rollouts: 16 copies and a 64-64 network, which collect as training does, but learn
 * nothing. The environments are LunarLander-v3, one whose step computes for 5, 20 or 200 microseconds, and two robots. One
 * thread has no workers; two and three threads are the main one with one and two workers. They take turns in each round, and the results
 * are medians of the ratios within a round. `apart` is the upper bound of the machine: two independent processes of one
 * thread each, at the same time.
 *
 *   npm run build && node bench/workers/run.mjs [--rounds 3] [--seconds 2] [--only Expensive]
 */
import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { commit, machine } from "../race.mjs";
import { median } from "../stopwatch.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "2" },
    only: { type: "string", default: "" },
  },
});
const output = fileURLToPath(new URL("results.json", import.meta.url));
const program = fileURLToPath(new URL("rollouts.mjs", import.meta.url));

/** About as many steps as one thread makes in a second. */
const environments = [
  { name: "LunarLander-v3", id: "LunarLander-v3", options: {}, rate: 130_000, atLeast: 1.7 },
  ...[5, 20, 200].map((microseconds) => ({
    name: `Expensive-v0, ${microseconds} µs`,
    id: "Expensive-v0",
    options: { microseconds },
    rate: 1e6 / (microseconds + 3),
  })),
  ...["Hopper-v5", "HalfCheetah-v5"].map((id) => ({ name: id, id, options: {}, rate: 12_000, atLeast: 1.7 })),
];

// Environments may be measured one after another: other results stay.
for (const environment of environments.filter(({ name }) => name.startsWith(values.only))) {
  const found = { ...(await compare(environment)), commit: commit(), machine: machine() };
  const others = existsSync(output) ? JSON.parse(readFileSync(output, "utf8")).measured : [];
  const measured = [...others.filter(({ name }) => name !== found.name), found];
  writeFileSync(output, `${JSON.stringify({ bench: "workers", measured }, null, 1)}\n`);
}

async function compare({ name, id, options, rate, atLeast }) {
  // A whole number of batches, of the length that rollouts.mjs chooses.
  const steps = 16 * 4 * Math.ceil((rate * Number(values.seconds)) / 64);
  const rollouts = async (threads) => {
    const words = [program, id, JSON.stringify(options), String(threads), String(steps)];
    return JSON.parse((await promisify(execFile)(process.execPath, words)).stdout);
  };
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const found = {};
    for (const threads of round % 2 === 0 ? [1, 2, 3] : [3, 2, 1]) found[threads] = await rollouts(threads);
    const both = await Promise.all([rollouts(1), rollouts(1)]);
    const digests = new Set(Object.values(found).map(({ digest }) => digest));
    if (digests.size > 1) throw new Error(`${name}: the number of threads changed the batches`);
    const against = (stepsPerSecond) => stepsPerSecond / found[1].stepsPerSecond;
    rounds.push({
      stepMicroseconds: found[1].stepMicroseconds,
      stepsPerSecond: found[1].stepsPerSecond,
      oneWorker: against(found[2].stepsPerSecond),
      twoWorkers: against(found[3].stepsPerSecond),
      apart: against(both[0].stepsPerSecond + both[1].stepsPerSecond),
    });
  }
  const of = (key) => median(rounds.map((round) => round[key]));
  const range = (key) => {
    const all = rounds.map((round) => round[key]);
    return `${of(key).toFixed(2)}× (${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)})`;
  };
  const summary = {
    stepMicroseconds: of("stepMicroseconds"),
    stepsPerSecond: of("stepsPerSecond"),
    oneWorker: of("oneWorker"),
    twoWorkers: of("twoWorkers"),
    apart: of("apart"),
  };
  const reached = atLeast === undefined ? undefined : summary.oneWorker >= atLeast;
  console.log(
    `${name}: a step takes ${summary.stepMicroseconds.toPrecision(2)} µs; one thread makes ${Math.round(summary.stepsPerSecond).toLocaleString("en-GB")} steps/s, one worker ${range("oneWorker")}, two workers ${range("twoWorkers")}, apart ${range("apart")}${reached === false ? `, at least ${atLeast} for one worker: MISSED` : ""}`,
  );
  return { name, ...summary, ...(atLeast && { atLeast, reached }), rounds };
}
