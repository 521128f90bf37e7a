// Kills a run with SIGKILL at random moments and resumes it, repeatedly. Its final files must equal those of an uninterrupted
// run, byte for byte.
//
//   node bench/reliability/kill.mjs [--tries 100] [--seed 0]
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { defaultRng } from "../../dist/random/index.js";
import { resume } from "../../dist/training/train.js";

const { values } = parseArgs({
  options: {
    tries: { type: "string", default: "100" },
    seed: { type: "string", default: "0" },
  },
});
const tries = Number(values.tries);
const rng = defaultRng(BigInt(values.seed));
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "ascent-kill-"));

const SETTINGS = ["--preset", "exercise", "--hidden", "16", "--episodes", "120"];
/** The files that only the settings determine. */
const EXACT = ["checkpoint.safetensors", "best.safetensors", "metrics.jsonl"];
/** The largest number of kills before a run is left to finish. */
const KILLS = 3;

const seconds = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs the program; `mercy` is the time until it is killed, counted from its first line of output or from its start. */
function run(args, { mercy, fromBirth = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, "train", ...args, "--json"], { stdio: ["ignore", "pipe", "pipe"] });
    let complaint = "";
    let armed = false;
    const arm = async () => {
      if (armed || mercy === undefined) return;
      armed = true;
      await seconds(mercy);
      child.kill("SIGKILL");
    };
    if (fromBirth) arm();
    child.stdout.on("data", arm);
    child.stderr.on("data", (text) => (complaint += text));
    child.on("close", (code, signal) => resolve({ code, signal, complaint }));
  });
}

const digest = (folder) =>
  EXACT.map((name) =>
    createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex"),
  );

const calm = join(place, "calm");
await run([...SETTINGS, "--out", calm]);
const expected = digest(calm);
const start = performance.now();
await run([...SETTINGS, "--out", join(place, "timed")]);
const duration = performance.now() - start;

const tally = { tries, kills: 0, beforeTheFolder: 0, beforeTheFirstCheckpoint: 0, resumed: 0, identical: 0 };
const failures = [];
for (let i = 0; i < tries; i++) {
  const folder = join(place, `run${i}`);
  // A checkpoint after every piece of work makes it likely that a kill interrupts one.
  const pace = ["--checkpoint-seconds", ["0", "0.01", "0.1"][i % 3]];
  for (let kills = 0; ; ) {
    const known = existsSync(join(folder, "run.json"));
    const mercy = kills < KILLS ? rng.random() * duration * (i % 5 === 0 ? 0.3 : 0.7) : undefined;
    const { code, signal, complaint } = await run(
      [...(known ? ["--resume", folder] : [...SETTINGS, "--out", folder]), ...pace],
      { mercy, fromBirth: i % 5 === 0 },
    );
    if (known) tally.resumed++;
    if (signal === "SIGKILL") {
      kills++;
      tally.kills++;
      if (!existsSync(join(folder, "run.json"))) tally.beforeTheFolder++;
      else if (!existsSync(join(folder, "checkpoint.safetensors"))) tally.beforeTheFirstCheckpoint++;
      else resume(readFileSync(join(folder, "checkpoint.safetensors")));
      continue;
    }
    if (code !== 0) failures.push(`try ${i}: exit code ${code}: ${complaint}`);
    break;
  }
  const found = existsSync(join(folder, "checkpoint.safetensors")) ? digest(folder) : [];
  const different = EXACT.filter((_, k) => found[k] !== expected[k]);
  const left = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.startsWith("lock") || name.endsWith(".partial"))
    : [];
  if (different.length > 0) failures.push(`try ${i}: ${different.join(", ")} differ`);
  else if (left.length > 0) failures.push(`try ${i}: ${left.join(", ")} left behind`);
  else tally.identical++;
  rmSync(folder, { recursive: true, force: true });
}
rmSync(place, { recursive: true, force: true });
for (const failure of failures) console.error(failure);
const result = { ...tally, seed: values.seed, millisecondsOfOneRun: Math.round(duration), failures: failures.length };
console.log(JSON.stringify(result));
process.exitCode = failures.length === 0 ? 0 : 1;
