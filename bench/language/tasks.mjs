/**
 * The ladder of language tasks: from one token, whose answer is exact, to a text that a learned reward judges. Each task has
 * numbers that say whether it is passed.
 *
 *   npm run build && node bench/language/tasks.mjs [--only T1,T4] [--seeds 5] [--first 1]
 *
 *   T0        one token: where each estimate of the divergence ends, without noise
 *   T1a       64 texts of a table: every trainer that aims at π* arrives there
 *   T1b       4096 texts of a GPT with 26,000 parameters: the same
 *   T2        best of n: its divergence and its reward, against the bound and against what is possible
 *   T3        a reward model from 2048 noisy preferences, whose truth is known
 *   T4        sort six digits, judged by a program; with a judge that can be fooled, and from a start that never succeeds
 *   course    three exercises of the course Study-Reinforcement-Learning by number: 15 (GRPO), 11 (DPO) and 09 (rewards)
 *   T5        reviews: a language model, preferences, a reward model and RLOO with and without a guard
 *   T6        reviews from 60 answers, of which a tenth is wrong: cards at random, or those that a reward model is unsure of
 *
 * Settings were chosen on seeds from 100 on (`--first 100`, which stores nothing) and are reported on the seeds 1 to 5. Each
 * task writes its part of tasks.json and leaves the others as they are. Seconds of the processor and of the clock are for all
 * seeds together; other programs may have run on the machine. The exit code is 1 if a number misses its bar.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { commit, machine } from "../race.mjs";
import { bandit } from "./bandit.mjs";
import { bestOfN } from "./best-of-n.mjs";
import { cards } from "./cards.mjs";
import { course } from "./course.mjs";
import { preferences } from "./preferences.mjs";
import { reviews } from "./reviews.mjs";
import { sort } from "./sort.mjs";
import { largeTree, smallTree } from "./token-tree.mjs";

const tasks = {
  T0: bandit,
  T1a: smallTree,
  T1b: largeTree,
  T2: bestOfN,
  T3: preferences,
  T4: sort,
  course,
  T5: reviews,
  T6: cards,
};
const { values } = parseArgs({
  options: {
    only: { type: "string", default: Object.keys(tasks).join() },
    seeds: { type: "string", default: "5" },
    first: { type: "string", default: "1" },
  },
});
const asked = values.only.split(",");
const chosen = Object.keys(tasks).filter((name) =>
  asked.some((one) => name === one || (one === "T1" && name.startsWith("T1"))),
);
if (chosen.length === 0) throw new Error(`--only ${values.only}: the tasks are ${Object.keys(tasks).join(", ")}`);
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => Number(values.first) + i);
const file = new URL("tasks.json", import.meta.url);

let missed = 0;
for (const name of chosen) {
  const before = process.cpuUsage();
  const start = performance.now();
  const { settings, checks, figures } = tasks[name](seeds);
  const { user, system } = process.cpuUsage(before);
  const processorSeconds = round((user + system) / 1e6);
  const seconds = round((performance.now() - start) / 1000);
  const results = checks.map(judged);
  missed += results.filter(({ passed }) => !passed).length;
  console.log(`\n${name}: ${processorSeconds} s of processor time, ${seconds} s`);
  for (const { what, bar, right, of, passed, values: numbers } of results)
    console.log(`  ${passed ? "pass" : "FAIL"}  ${what} ${bar}: ${right} of ${of}   (${numbers.map(short).join(" ")})`);
  if (values.first !== "1") continue;
  const stored = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const command = `node bench/language/tasks.mjs --only ${name} --seeds ${seeds.length}`;
  const about = { command, commit: commit(), node: process.version, machine: machine(), seeds };
  const part = { ...about, processorSeconds, seconds, settings, results, figures };
  writeFileSync(file, `${JSON.stringify({ ...stored, [name]: part }, null, 1)}\n`);
}
console.log(missed === 0 ? "\nall passed" : `\n${missed} missed`);
process.exitCode = missed === 0 ? 0 : 1;

/** How many of a check's numbers reach its bar, and whether they are enough: all, unless it says how many `needed` of five. */
function judged({ what, values: numbers, atMost = Infinity, atLeast = -Infinity, needed = 5 }) {
  const right = numbers.filter((x) => x <= atMost && x >= atLeast).length;
  const bar = atMost === Infinity ? `≥ ${atLeast}` : `≤ ${atMost}`;
  return {
    what,
    bar,
    values: numbers.map((x) => Number(x.toPrecision(4))),
    right,
    of: numbers.length,
    passed: right >= (needed / 5) * numbers.length,
  };
}

function short(x) {
  return Math.abs(x) >= 0.001 || x === 0 ? Number(x.toFixed(4)) : x.toExponential(0);
}

function round(x) {
  return Number(x.toFixed(1));
}
