/**
 * GFLOP/s of the matrix product on one thread and one core, in WebAssembly and natively, against the peak of the core
 * without fused multiply-add, against PyTorch where it is installed, and against another built tree if one is given.
 *
 *   npm run build && node bench/gemm/run.mjs [--groups square,small,nano,micro,generation] [--rounds 15] [--most 60]
 *     [--before TREE] [--fast] [--output bench/gemm/results.json]
 *
 * All contestants are processes on the same core that take turns: a round is a burst of some milliseconds of each.
 * `median` and `best` are of these bursts, in processor time; a ratio is the median of the ratios within a round. The
 * peak is that of registers alone, with separate multiplications and additions (peak.c), and is measured in every round
 * too. `--fast` adds the native kernels with fused multiply-add.
 *
 * The core of a virtual machine is often half of a real one, whose other half may be at work for someone else. So only
 * rounds count in which the peak came within 7 % of the best one seen, and rounds go on until so many have
 * been (`--rounds`), or until `--most`. With fewer than three, all count; `undisturbed` says how many there were.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { commit, machine, python } from "../race.mjs";
import { median } from "../stopwatch.mjs";
import { rotated, start } from "../turns.mjs";
import { GROUPS, nameOf } from "./shapes.mjs";

const { values } = parseArgs({
  options: {
    groups: { type: "string", default: Object.keys(GROUPS).join(",") },
    backends: { type: "string", default: "wasm,native" },
    fast: { type: "boolean", default: false },
    rounds: { type: "string", default: "15" },
    most: { type: "string", default: "60" },
    before: { type: "string" },
    output: { type: "string" },
  },
});
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const work = here("../.work/gemm/");
const backends = values.backends.split(",");

/** Compiles peak.c for this machine and to WebAssembly. */
async function compilePeaks() {
  mkdirSync(work, { recursive: true });
  const kernels = here("../../src/kernels");
  const flags = ["-O2", "-march=native", "-ffp-contract=off", `-I${kernels}`];
  execFileSync(process.env.CC ?? "cc", [...flags, here("peak.c"), "-o", `${work}peak`]);
  execFileSync(process.env.CC ?? "cc", [...flags, "-ffp-contract=fast", here("peak.c"), "-o", `${work}peak-fused`]);
  const { runClang } = await import("@yowasp/clang");
  await runClang(null, {}, { fetchProgress: () => {} });
  const options = [
    "-O2",
    "--target=wasm32-unknown-unknown",
    "-msimd128",
    "-ffp-contract=off",
    "-nostdlib",
    "-Wl,--no-entry",
  ];
  const sources = {
    "peak.c": readFileSync(here("peak.c"), "utf8"),
    "lanes.h": readFileSync(`${kernels}/lanes.h`, "utf8"),
  };
  const made = await runClang(["clang", ...options, "-o", "peak.wasm", "peak.c"], sources);
  writeFileSync(`${work}peak.wasm`, made["peak.wasm"]);
}

function contestants() {
  const ours = (label, tree, backend) => ({
    name: `${backend}${label}`,
    command: [process.execPath, here("ours.mjs"), tree],
    env: { ASCENT_BACKEND: backend, ASCENT_THREADS: "1" },
  });
  const all = backends.flatMap((backend) => [
    ...(values.before ? [ours(" before", values.before, backend)] : []),
    ours("", here("../.."), backend),
  ]);
  if (values.fast) {
    const exact = ours("", here("../.."), "native");
    all.push({ ...exact, name: "native fast", env: { ...exact.env, ASCENT_NUMERICS: "fast" } });
  }
  if (backends.includes("wasm"))
    all.push({ name: "wasm peak", command: [process.execPath, here("peak.mjs"), `${work}peak.wasm`] });
  if (backends.includes("native"))
    all.push(
      { name: "native peak", command: [`${work}peak`] },
      { name: "native peak, fused", command: [`${work}peak-fused`, "fused"] },
    );
  if (spawnSync(python(), ["-c", "import torch"]).status === 0)
    all.push({ name: "torch", command: [python(), here("torch_gemm.py")] });
  return all;
}

let bestPeak = 0;

async function measure(shape, all) {
  const line = JSON.stringify(shape);
  const peak = `${backends.at(-1)} peak`;
  const isUndisturbed = (round) => round[peak].cpu > 0.93 * bestPeak;
  for (const one of all) await one.ask(line);
  const taken = [];
  let undisturbed = [];
  while (undisturbed.length < Number(values.rounds) && taken.length < Number(values.most)) {
    const round = {};
    for (const one of rotated(all, taken.length)) round[one.name] = await one.ask(line);
    bestPeak = Math.max(bestPeak, round[peak].cpu);
    taken.push(round);
    undisturbed = taken.filter(isUndisturbed);
  }
  const rounds = undisturbed.length < 3 ? taken : undisturbed;
  const of = (name, clock) => rounds.map((round) => round[name][clock]);
  const figures = Object.fromEntries(
    all.map(({ name }) => [
      name,
      { median: rounded(median(of(name, "cpu"))), best: rounded(Math.max(...of(name, "cpu"))) },
    ]),
  );
  const ratio = (name, rival) => rounded(median(rounds.map((round) => round[name].cpu / round[rival].cpu)), 3);
  const has = (name) => all.some((one) => one.name === name);
  const ratios = {};
  for (const backend of backends)
    for (const rival of [`${backend} before`, `${backend} peak`, "torch"])
      if (has(rival)) ratios[`${backend} / ${rival}`] = ratio(backend, rival);
  for (const rival of ["native", "native peak, fused", "torch"])
    if (has("native fast") && has(rival)) ratios[`native fast / ${rival}`] = ratio("native fast", rival);
  return { shape: nameOf(shape), rounds: taken.length, undisturbed: undisturbed.length, figures, ratios };
}

const rounded = (x, digits = 1) => Number(x.toFixed(digits));

function print({ shape, rounds, undisturbed, figures, ratios }) {
  const cells = Object.entries(figures).map(([name, { median, best }]) => `${name} ${median} (${best})`);
  const shares = Object.entries(ratios).map(([name, value]) => `${name} ${value.toFixed(2)}`);
  console.log(
    `${shape.padEnd(24)} ${cells.join(", ")}\n${`  ${undisturbed} of ${rounds}`.padEnd(25)}${shares.join(", ")}`,
  );
}

await compilePeaks();
const all = contestants().map(start);
const torch = all.find(({ name }) => name === "torch");
const versions = { node: process.version, ...(torch ? await torch.answer() : {}) };
const result = {
  bench: "gemm",
  commit: commit(),
  machine: machine(),
  versions,
  rounds: Number(values.rounds),
  groups: {},
};
console.log(
  `${result.machine.cpu}, ${JSON.stringify(versions)}; GFLOP/s: median (best), load ${loadavg()[0].toFixed(1)}`,
);
for (const group of values.groups.split(",")) {
  console.log(`\n${group}`);
  result.groups[group] = [];
  for (const shape of GROUPS[group]) {
    const measured = await measure(shape, all);
    result.groups[group].push(measured);
    print(measured);
  }
}
for (const one of all) one.end();
if (values.output) writeFileSync(values.output, `${JSON.stringify(result, null, 1)}\n`);
