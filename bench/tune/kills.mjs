/**
 * Kills a study with SIGKILL at random moments, with its processes, and resumes it. Its result has to be, byte for byte, that
 * of a study that nobody stopped, and so have the weights of every run.
 *
 *   node bench/tune/kills.mjs [--kills 20] [--seed 0]
 *
 * Writes kills.json.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { defaultRng } from "../../dist/random/index.js";
import { commit, machine } from "../race.mjs";

const { values } = parseArgs({
  options: { kills: { type: "string", default: "20" }, seed: { type: "string", default: "0" } },
});
const rng = defaultRng(BigInt(values.seed));
const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "ascent-tune-kill-"));
const ARGS = "ppo CartPole-v1 --steps 2000 --rounds 1 --jobs 2 --quiet".split(" ");

/** Begins the study in a folder, or goes on with it; kills it after so many milliseconds. Resolves to its exit code. */
function tune(folder, mercy) {
  const args = existsSync(join(folder, "study.json")) ? ["--resume", folder, "--quiet"] : [...ARGS, "--out", folder];
  if (!existsSync(join(folder, "study.json"))) rmSync(folder, { recursive: true, force: true });
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, "tune", ...args], { stdio: ["ignore", "ignore", "inherit"] });
    const timer = mercy === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), mercy);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}

/** The result, and the weights of each run. */
function bytesOf(folder) {
  const runs = readdirSync(join(folder, "runs")).sort();
  const weights = runs.map((run) => JSON.parse(readFileSync(join(folder, "runs", run, "run.json"), "utf8")).result);
  return JSON.stringify([
    readFileSync(join(folder, "result.json"), "utf8"),
    runs,
    weights.map((one) => one.weightsSha256),
  ]);
}

const began = performance.now();
const undisturbed = join(place, "undisturbed");
if ((await tune(undisturbed)) !== 0) throw new Error("the study failed without a kill");
const whole = performance.now() - began;
let kills = 0;
let studies = 0;
while (kills < Number(values.kills)) {
  const folder = join(place, `killed-${studies++}`);
  while ((await tune(folder, Math.max(300, rng.random() * 0.4 * whole))) !== 0) kills++;
  if (bytesOf(folder) !== bytesOf(undisturbed)) throw new Error(`${folder} differs from ${undisturbed}`);
  console.log(`${kills} kills, ${studies} studies with the same bytes`);
}
rmSync(place, { recursive: true });
const result = { kills, studies, same: studies, seconds: Math.round((performance.now() - began) / 1000) };
const about = { bench: "tune/kills", commit: commit(), machine: machine() };
writeFileSync(new URL("kills.json", import.meta.url), `${JSON.stringify({ ...about, ...result }, null, 1)}\n`);
