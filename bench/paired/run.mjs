/**
 * Compares the speed of two built trees, such as two commits, on the work of `bench/reinforce`, `bench/peers` and
 * `bench/engine`, so that other load on the machine cancels.
 *
 *   node bench/paired/run.mjs BEFORE AFTER [--only ppo,update] [--backends wasm,native] [--pairs 8] [--limit 1.03]
 *
 * A pair is two new processes, one of each tree, on the same core. They take turns in short blocks of the same work, in the
 * order before, after, after, before; one works while the other waits. Each four blocks give one ratio of seconds, after ÷
 * before, to which a slow moment of the machine contributes on both sides. The result is the median of all ratios, with a
 * 95 % bootstrap interval that resamples whole pairs, because two processes with the same code may differ by a few percent
 * (in what the JIT compiler inlines, or where memory lies). `total` compares the sums of all blocks of a pair, as a median
 * over pairs; it includes the first blocks, in which the JIT compiler works.
 *
 * The two must come to the same numbers, or there is no result. The exit code is 1 if a median exceeds the limit.
 * `node bench/paired/run.mjs TREE TREE` shows what the method itself adds.
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { machine, pinned } from "../race.mjs";
import { bootstrapInterval } from "../statistics.mjs";
import { median } from "../stopwatch.mjs";
import { WORKS } from "./works.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string", default: Object.keys(WORKS).join(",") },
    backends: { type: "string", default: "wasm,native" },
    pairs: { type: "string", default: "8" },
    limit: { type: "string", default: "1.03" },
    output: { type: "string", default: fileURLToPath(new URL("results.json", import.meta.url)) },
  },
});
if (positionals.length !== 2) throw new Error("two built trees are compared: bench/paired/run.mjs BEFORE AFTER");
const trees = positionals.map((path) => resolve(path));
const limit = Number(values.limit);

const [before, after] = trees.map(commitOf);
// Parts of the work may be measured one after another: other results stay.
const earlier = existsSync(values.output) ? JSON.parse(readFileSync(values.output, "utf8")).measured : [];
const measured = [];
for (const work of values.only.split(","))
  for (const backend of values.backends.split(",")) {
    measured.push({ ...(await compare(work, backend)), before, after, machine: machine() });
    const isNew = (one) => measured.some((other) => other.work === one.work && other.backend === one.backend);
    const all = [...earlier.filter((one) => !isNew(one)), ...measured];
    writeFileSync(values.output, `${JSON.stringify({ bench: "paired", limit, measured: all }, null, 1)}\n`);
  }
if (measured.some(({ ratio }) => ratio > limit)) process.exitCode = 1;

async function compare(work, backend) {
  const pairs = [];
  for (let pair = 0; pair < Number(values.pairs); pair++) {
    process.stderr.write(`\r\x1b[K${work}, ${backend}: pair ${pair + 1} of ${values.pairs}`);
    pairs.push(await measure(work, backend, pair % 2 === 1));
  }
  process.stderr.write("\r\x1b[K");
  const ratio = median(pairs.flatMap(({ ratios }) => ratios));
  const [low, high] = bootstrapInterval(
    pairs.map(({ ratios }) => ratios),
    (resampled) => median(resampled.flat()),
    { resamples: 2000 },
  );
  const total = median(pairs.map(({ seconds }) => seconds[1] / seconds[0]));
  const percent = (x) => `${x < 1 ? "" : "+"}${(100 * (x - 1)).toFixed(1)} %`;
  console.log(
    `${`${work}, ${backend}`.padEnd(18)} ${percent(ratio).padStart(8)}  [${percent(low)}, ${percent(high)}]  total ${percent(total)}  ${ratio > limit ? "MISSED" : ""}`.trimEnd(),
  );
  return { work, backend, ratio, low, high, total, seconds: pairs.map(({ seconds }) => seconds) };
}

/** One pair of processes: the ratio of each four blocks, and the seconds of all blocks on each side. */
async function measure(work, backend, afterFirst) {
  const sides = trees.map((tree) => worker(tree, work, backend));
  for (const side of sides) await side.answer();
  const order = afterFirst ? [1, 0, 0, 1] : [0, 1, 1, 0];
  const ratios = [];
  const seconds = [0, 0];
  for (let block = 0; block < WORKS[work].blocks; block += 2) {
    const spent = [0, 0];
    for (const side of order) spent[side] += await sides[side].ask("block");
    ratios.push(spent[1] / spent[0]);
    for (const side of [0, 1]) seconds[side] += spent[side];
  }
  const [before, after] = [await sides[0].ask("check"), await sides[1].ask("check")];
  for (const side of sides) side.end();
  if (before !== after) throw new Error(`${work}: the trees came to ${before} and ${after}`);
  return { ratios, seconds };
}

function worker(tree, work, backend) {
  const script = fileURLToPath(new URL("worker.mjs", import.meta.url));
  const [program, ...words] = pinned([process.execPath, script, tree, work]);
  const child = spawn(program, words, {
    env: { ...process.env, ASCENT_BACKEND: backend },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${tree} ended while it did "${work}"`);
    return JSON.parse(value);
  };
  return {
    answer,
    ask(what) {
      child.stdin.write(`${what}\n`);
      return answer();
    },
    end: () => child.stdin.end(),
  };
}

function commitOf(tree) {
  return execFileSync("git", ["rev-parse", "--short=12", "HEAD"], { cwd: tree, encoding: "utf8" }).trim();
}
