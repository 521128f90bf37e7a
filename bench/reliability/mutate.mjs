// Damages a checkpoint in 100,000 ways. Each must be rejected with a named error, or load as exactly what the file says.
//
//   node bench/reliability/mutate.mjs [--count 100000] [--seed 0]
import { parseArgs } from "node:util";
import { defaultRng } from "../../dist/random/index.js";
import { resume, train } from "../../dist/training/train.js";
import { accident, hostileHeaders, malice } from "./mutations.mjs";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "100000" },
    seed: { type: "string", default: "0" },
  },
});
const count = Number(values.count);
const rng = defaultRng(BigInt(values.seed));

/** Errors that explain what is wrong; any other error is a crash. */
const NAMED = ["CorruptFileError", "ConfigError", "EnvironmentError", "NotFiniteError"];
/** More processor time than this, in milliseconds, counts as a hang. */
const SLOWEST_MS = 2000;

function checkpointOf(steps) {
  const run = train({ preset: "exercise", options: { hidden: [4] }, episodes: 40 });
  for (let i = 0; i < steps; i++) run.advance(1);
  return run.checkpoint();
}

const good = [checkpointOf(0), checkpointOf(37), checkpointOf(700)];
const outcomes = { refused: {}, equal: 0, "read as written": 0 };
const failures = [];
let slowest = 0;

function attempt(what, bytes, original) {
  const start = process.cpuUsage();
  try {
    const run = resume(bytes);
    const again = run.checkpoint();
    if (Buffer.compare(again, original) === 0) outcomes.equal++;
    else if (Buffer.compare(again, bytes) === 0) {
      // This is another valid checkpoint, forged on purpose. Running it may fail, but only with a named error.
      outcomes["read as written"]++;
      run.advance(5);
    } else failures.push([what, "loaded as something that is in neither file"]);
  } catch (error) {
    if (NAMED.includes(error?.name)) outcomes.refused[error.name] = (outcomes.refused[error.name] ?? 0) + 1;
    else failures.push([what, error?.stack?.split("\n").slice(0, 4).join(" ") ?? String(error)]);
  }
  const { user, system } = process.cpuUsage(start);
  const took = (user + system) / 1000;
  slowest = Math.max(slowest, took);
  if (took > SLOWEST_MS) failures.push([what, `took ${took.toFixed(0)} ms`]);
}

const before = good.map((bytes) => Buffer.from(bytes).toString("base64"));
const fixed = good.flatMap((bytes) => hostileHeaders(bytes).map(([what, damaged]) => [what, damaged, bytes]));
for (const [what, damaged, original] of fixed) attempt(what, damaged, original);
for (let i = fixed.length; i < count; i++) {
  const original = good[i % good.length];
  const [what, damaged] = (i % 2 === 0 ? accident : malice)(original, rng);
  attempt(what, damaged, original);
}
for (const bytes of good) attempt("nothing", bytes, bytes);
good.forEach((bytes, i) => {
  if (Buffer.from(bytes).toString("base64") !== before[i])
    failures.push(["reading", "changed the bytes that were read"]);
});

const kinds = new Map();
for (const [what, why] of failures) kinds.set(why, [...(kinds.get(why) ?? []), what]);
for (const [why, whats] of kinds)
  console.error(`${whats.length} × ${why}\n      such as: ${whats.slice(0, 3).join(" | ")}`);
const result = {
  mutations: count,
  hostileHeaders: fixed.length,
  seed: values.seed,
  outcomes,
  slowestMs: Number(slowest.toFixed(1)),
  peakRssMB: Math.round(process.resourceUsage().maxRSS / 1024),
  failures: failures.length,
};
console.log(JSON.stringify(result));
process.exitCode = failures.length === 0 ? 0 : 1;
