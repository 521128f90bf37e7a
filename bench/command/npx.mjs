/**
 * Times the first command of the README in a clone, after `npm ci`: `npx ascent train` with an empty npm cache, and with
 * the cache that it left. Then it interrupts npx, as Ctrl-C does, at moments spread over its first start, and requires
 * that the same command works afterwards. npx uses the link that the build makes in node_modules/.bin. Without it npx would
 * link the clone into its cache at its first use, and run a `prepare` script there.
 *
 *   node bench/command/npx.mjs [--rounds 5] [--interruptions 20]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { commit, machine } from "../race.mjs";
import { median } from "../stopwatch.mjs";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, interruptions: { type: "string", default: "20" } },
});
const clone = fileURLToPath(new URL("../..", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "ascent-npx-"));
const cache = join(place, "cache");
const env = { ...process.env, npm_config_cache: cache };
const builtAt = () => statSync(join(clone, "dist/cli/main.js")).mtimeMs;
const before = builtAt();

/** Runs `npx ascent …`, and interrupts its process group after so many milliseconds, if any. */
function npx(args, interruptAfter) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn("npx", ["ascent", ...args], {
      cwd: clone,
      env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    const timer = setTimeout(() => process.kill(-child.pid, "SIGINT"), interruptAfter ?? 2 ** 31 - 1);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, output, seconds: (performance.now() - start) / 1000 });
    });
  });
}

async function mustWork(args) {
  const { code, output, seconds } = await npx(args);
  if (code !== 0) throw new Error(`npx ascent ${args.join(" ")} ended with ${code}:\n${output}`);
  return seconds;
}

const rounds = [];
for (let seed = 0; seed < Number(values.rounds); seed++) {
  rmSync(cache, { recursive: true, force: true });
  const train = (name) => mustWork(["train", "--seed", String(seed), "--out", join(place, `${name}-${seed}`)]);
  const round = { seed, first: await train("first"), again: await train("again") };
  rounds.push(round);
  console.log(`seed ${seed}: first ${round.first.toFixed(2)} s, again ${round.again.toFixed(2)} s`);
}
const summary = { first: median(rounds.map(({ first }) => first)), again: median(rounds.map(({ again }) => again)) };
console.log(`median: first ${summary.first.toFixed(2)} s, again ${summary.again.toFixed(2)} s`);

rmSync(cache, { recursive: true, force: true });
const start = await mustWork(["--version"]);
const count = Number(values.interruptions);
let interrupted = 0;
for (let i = 1; i <= count; i++) {
  rmSync(cache, { recursive: true, force: true });
  const { code } = await npx(["--version"], (1000 * start * i) / count);
  if (code !== 0) interrupted++;
  await mustWork(["--version"]);
}
console.log(`${interrupted} of ${count} starts were interrupted, and npx ascent worked after each of them`);
if (builtAt() !== before) throw new Error("npx has built the clone again");
rmSync(place, { recursive: true });
const results = {
  bench: "command/npx",
  commit: commit(),
  machine: machine(),
  median: summary,
  rounds,
  interrupted,
  of: count,
};
writeFileSync(new URL("npx.json", import.meta.url), `${JSON.stringify(results, null, 1)}\n`);
