/**
 * Language models against PyTorch (eager) and plain C: tokens per second of learning and of writing, and one iteration of
 * PPO with its parts.
 *
 *   npm run build && node bench/language/run.mjs [--rounds 9] [--before TREE] [--output bench/language/results.json]
 *
 * All contestants are processes that take turns: a round is a burst of each, and a ratio is the median of the ratios within
 * a round. One thread and one core each, in processor time, except "two threads": that compares seconds with those of one
 * thread in the same round. All begin with the same weights, and their losses must agree to 1e-4. plain.c is ours, in the
 * manner of programs that train GPT-2 without a library. `--before` adds another built tree that has this bench.
 *
 * GFLOP/s count 2N + 4LCT operations for a token of a forward pass, with N = 12LC² + VC weights in products, C wide, L
 * layers, V tokens in the vocabulary and T positions to look back on; learning counts three times that. A causal attention
 * needs half of the second term. `share` is that of the rate at which the products of a layer run alone, in the same round.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { commit, machine, python } from "../race.mjs";
import { median } from "../stopwatch.mjs";
import { rotated, start } from "../turns.mjs";
import { forwardFlops, WORK } from "./workload.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "9" },
    only: { type: "string" },
    before: { type: "string" },
    output: { type: "string" },
  },
});
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
execFileSync(process.execPath, [here("prepare.mjs")], { stdio: "inherit" });
const given = JSON.parse(readFileSync(`${WORK}workload.json`, "utf8"));

const ours = (name, backend, { threads = 1, tree = here("../..") } = {}) => ({
  name,
  cores: threads,
  command: [process.execPath, `${resolve(tree)}/bench/language/ours.mjs`],
  env: { ASCENT_BACKEND: backend, ASCENT_THREADS: String(threads) },
});

/** Compiles plain.c; undefined without a compiler. */
function plain(size) {
  const compiler = process.env.CC ?? "cc";
  if (spawnSync(compiler, ["--version"]).status !== 0) return undefined;
  execFileSync(compiler, ["-O3", "-march=native", here("plain.c"), "-o", `${WORK}plain`, "-lm"]);
  const { layers, width, heads, vocabulary, context, rows, length } = given.sizes[size];
  const numbers = [layers, width, heads, vocabulary, context, rows, length].map(String);
  const files = ["f32", "i32"].map((type) => `${WORK}${size}.${type}`);
  return { name: "plain C", command: [`${WORK}plain`, ...files, ...numbers] };
}

const hasTorch = spawnSync(python(), ["-c", "import torch"]).status === 0;
const contestants = {
  native: start(ours("native", "native")),
  wasm: start(ours("wasm", "wasm")),
  two: start(ours("two threads", "native", { threads: 2 })),
  ...(values.before ? { before: start(ours("before", "native", { tree: values.before })) } : {}),
  ...(hasTorch ? { torch: start({ name: "torch", command: [python(), here("torch_gpt.py")] }) } : {}),
};
const versions = { node: process.version, ...(hasTorch ? await contestants.torch.answer() : {}) };

/** The bursts of `rounds` rounds, after one that doesn't count. `products` is a job for our builds alone, before each burst. */
async function take(job, names, { extra = {}, products } = {}) {
  const all = Object.entries({ ...contestants, ...extra }).filter(([name]) => names.includes(name));
  const line = (name) => (name === "plain" ? String(job.steps) : JSON.stringify(job));
  const burst = async (name, one) => {
    const alone = products && ["native", "wasm"].includes(name) ? await one.ask(JSON.stringify(products)) : undefined;
    return { ...(await one.ask(line(name))), alone };
  };
  const first = {};
  for (const [name, one] of all) first[name] = await burst(name, one);
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const bursts = {};
    for (const [name, one] of rotated(all, round)) bursts[name] = await burst(name, one);
    rounds.push(bursts);
  }
  return { first, rounds };
}

const rounded = (x, digits = 3) => Number(x.toPrecision(digits));
const has = (name, rounds) => rounds[0][name] !== undefined;

/** How many times the work of `rival` one does in a second: the median of the rounds' ratios, and all that they lie between. */
function ratio(rounds, name, rival, rate, atLeast) {
  if (!has(name, rounds) || !has(rival, rounds)) return {};
  const all = rounds.map((round) => rate(round[name]) / rate(round[rival]));
  const told = { ratio: rounded(median(all)), from: rounded(Math.min(...all)), to: rounded(Math.max(...all)) };
  return {
    [`${name} / ${rival}`]: atLeast === undefined ? told : { ...told, atLeast, reached: told.ratio >= atLeast },
  };
}

function agree(what, answers, tolerance) {
  const numbers = Object.values(answers);
  const spread = Math.max(...numbers) - Math.min(...numbers);
  if (!(spread <= tolerance * Math.max(...numbers.map(Math.abs))))
    throw new Error(`the contestants do not do the same work: ${what} is ${JSON.stringify(answers)}`);
}

const perSecond = ({ tokens, cpu }) => tokens / cpu;
const perWallSecond = ({ tokens, wall }) => tokens / wall;
const NAMES = ["native", "wasm", "two", "before", "torch", "plain"];
const rates = (rounds, of = perSecond) =>
  Object.fromEntries(
    NAMES.filter((name) => has(name, rounds)).map((name) => {
      const rate = name === "two" ? perWallSecond : of;
      return [name, rounded(median(rounds.map((round) => rate(round[name]))))];
    }),
  );

/** GFLOP/s for so many operations a token, and the share of the rate of the products. */
function speed(rounds, flops) {
  return Object.fromEntries(
    ["native", "wasm"].map((name) => {
      const rates = rounds.map((round) => (perSecond(round[name]) * flops) / 1e9);
      const gemm = rounds.map(({ [name]: { alone } }) => alone.flops / alone.cpu / 1e9);
      const share = median(rates.map((rate, round) => rate / gemm[round]));
      return [name, { gflops: rounded(median(rates)), gemm: rounded(median(gemm)), share: rounded(share, 2) }];
    }),
  );
}

async function training(size, steps, goals) {
  const config = given.sizes[size];
  const extra = plain(size);
  const c = extra === undefined ? {} : { plain: start(extra) };
  const { first, rounds } = await take({ job: "train", size, steps }, NAMES, {
    extra: c,
    products: { job: "gemm", size, kind: "train" },
  });
  c.plain?.end();
  for (let i = 0; i < steps; i++)
    agree(
      `the loss of step ${i}`,
      Object.fromEntries(Object.entries(first).map(([name, { losses }]) => [name, losses[i]])),
      1e-4,
    );
  return {
    tokensPerSecond: rates(rounds),
    ...ratio(rounds, "native", "torch", perSecond, goals.native),
    ...ratio(rounds, "wasm", "torch", perSecond, goals.wasm),
    ...ratio(rounds, "native", "plain", perSecond, 1.5),
    ...ratio(rounds, "native", "before", perSecond),
    ...ratio(rounds, "two", "native", perWallSecond, 1.7),
    speed: speed(rounds, 3 * forwardFlops(config, config.length)),
  };
}

async function writing(size) {
  const config = given.sizes[size];
  const greedy = await take({ job: "write", size, greedy: true }, ["native", "wasm", "torch"]).then(
    ({ first }) => first,
  );
  if (hasTorch) {
    const same = greedy.native.texts.filter((text, row) => `${text}` === `${greedy.torch.texts[row]}`).length;
    if (same < 0.9 * given.writers) throw new Error(`without chance, only ${same} of ${given.writers} texts are alike`);
  }
  const { rounds } = await take({ job: "write", size }, NAMES, { products: { job: "gemm", size, kind: "write" } });
  return {
    tokensPerSecond: rates(rounds),
    ...ratio(rounds, "native", "torch", perSecond, 5),
    ...ratio(rounds, "wasm", "torch", perSecond),
    ...ratio(rounds, "native", "before", perSecond),
    ...ratio(rounds, "two", "native", perWallSecond),
    speed: speed(rounds, forwardFlops(config, config.context / 2)),
  };
}

const PARTS = ["sampling", "scoring", "updating"];

async function iterating() {
  const { task, ppo } = given;
  const checks = await take({ job: "check" }, ["native", "wasm", "torch"]).then(({ first }) => first);
  for (const key of ["score", "loss", "valueLoss", "entropy", "gradientNorm"])
    agree(key, Object.fromEntries(Object.entries(checks).map(([name, all]) => [name, all[key]])), 1e-3);
  const { rounds } = await take({ job: "ppo" }, NAMES, { products: { job: "gemm", size: "task", kind: "train" } });
  const length = median(rounds.map(({ native }) => native.length));
  const whole = forwardFlops(task, length);
  // Reference and reward model read each text once. Values come from the first of the passes that learn.
  const flops = {
    sampling: forwardFlops(task, length / 2),
    scoring: 2 * whole,
    updating: 3 * ppo.epochs * whole,
  };
  const part = (name) => {
    const own = rounds.map((round) =>
      Object.fromEntries(
        Object.entries(round).map(([who, all]) => [who, { tokens: all.tokens, alone: all.alone, ...all[name] }]),
      ),
    );
    const milliseconds = Object.fromEntries(
      Object.keys(own[0]).map((who) => [
        who,
        rounded(1000 * median(own.map((round) => round[who][who === "two" ? "wall" : "cpu"]))),
      ]),
    );
    return {
      milliseconds,
      ...ratio(own, "native", "torch", perSecond),
      ...ratio(own, "native", "before", perSecond),
      ...ratio(own, "two", "native", perWallSecond),
      speed: speed(own, flops[name]),
    };
  };
  return {
    tokens: Object.fromEntries(
      Object.keys(rounds[0]).map((who) => [who, median(rounds.map((round) => round[who].tokens))]),
    ),
    milliseconds: Object.fromEntries(
      Object.keys(rounds[0]).map((who) => [
        who,
        rounded(1000 * median(rounds.map((round) => round[who][who === "two" ? "wall" : "cpu"]))),
      ]),
    ),
    ...ratio(rounds, "native", "torch", perSecond, 2),
    ...ratio(rounds, "wasm", "torch", perSecond),
    ...ratio(rounds, "native", "before", perSecond),
    ...ratio(rounds, "two", "native", perWallSecond),
    ...Object.fromEntries(PARTS.map((name) => [name, part(name)])),
  };
}

function print(title, results) {
  console.log(`\n${title}`);
  for (const [key, value] of Object.entries(results)) {
    if (value.ratio !== undefined) {
      const verdict =
        value.atLeast === undefined ? "" : `, at least ${value.atLeast}: ${value.reached ? "reached" : "MISSED"}`;
      console.log(`  ${key.padEnd(18)} ${value.ratio.toFixed(2)} (${value.from} to ${value.to})${verdict}`);
    } else if (PARTS.includes(key)) print(`  ${key}`, value);
    else if (key === "speed")
      for (const [name, { gflops, gemm, share }] of Object.entries(value))
        console.log(`  ${name.padEnd(18)} ${gflops} GFLOP/s, ${share} of the ${gemm} of products alone`);
    else
      console.log(
        `  ${key.padEnd(18)} ${Object.entries(value)
          .map(([name, x]) => `${name} ${x.toLocaleString("en-GB")}`)
          .join(", ")}`,
      );
  }
}

const result = { bench: "language", commit: commit(), machine: machine(), versions, rounds: Number(values.rounds) };
console.log(
  `${result.machine.cpu}, ${JSON.stringify(versions)}; medians (lowest to highest), load ${loadavg()[0].toFixed(1)}`,
);
const races = {
  "training nano": () => training("nano", 3, { native: 1.2, wasm: 0.4 }),
  "training micro": () => training("micro", 1, { native: 0.9 }),
  "writing nano": () => writing("nano"),
  "writing micro": () => writing("micro"),
  "PPO, an iteration": iterating,
};
for (const [name, race] of Object.entries(races)) {
  if (values.only !== undefined && !name.includes(values.only)) continue;
  result[name] = await race();
  print(name, result[name]);
}
for (const one of Object.values(contestants)) one.end();
if (values.output) writeFileSync(values.output, `${JSON.stringify(result, null, 1)}\n`);
