// Kills a whole sweep with SIGKILL at random moments, and resumes it. What it leaves has to be, byte for byte, what a sweep leaves
// that nobody disturbed, and no process of it may outlive its parent by more than two seconds.
//
//   node bench/sweeps/kills.mjs [--kills 50] [--seed 0]
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { defaultRng } from "../../dist/random/index.js";
import { differences, digests } from "./digests.mjs";
import { killedPlan } from "./killed-plan.mjs";
import { report } from "./measured.mjs";

const { values } = parseArgs({
  options: { kills: { type: "string", default: "50" }, seed: { type: "string", default: "0" } },
});
const rng = defaultRng(BigInt(values.seed));
const program = fileURLToPath(new URL("run-sweep.mjs", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "ascent-sweep-kill-"));
const planFile = join(place, "plan.json");
writeFileSync(planFile, JSON.stringify(killedPlan));

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs the sweep in a folder; `mercy` is the number of milliseconds after which it is killed. */
function sweep(folder, mercy) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, folder, planFile, "2"], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.on("data", (text) => {
      said += text;
    });
    const timer = mercy === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), mercy);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, said });
    });
  });
}

/** Processes that train for a parent that is gone. */
function orphans() {
  const { stdout } = spawnSync("ps", ["-eo", "pid,ppid,args"], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => /^\s*\d+\s+1\s/.test(line) && line.includes("/sweeps/job-process.js"));
}

const calm = join(place, "calm");
mkdirSync(calm);
const began = performance.now();
const quiet = await sweep(calm);
const length = performance.now() - began;
if (quiet.code !== 0) throw new Error(`an undisturbed sweep failed: ${quiet.said}`);
const expected = digests(calm);

const wanted = Number(values.kills);
const failures = [];
let kills = 0;
let sweeps = 0;
let longestOrphan = 0;
while (kills < wanted) {
  const folder = join(place, `sweep-${++sweeps}`);
  for (let tries = 0; ; tries++) {
    // Mostly early moments of what is left, so that a sweep is killed several times.
    const mercy = tries < 5 && kills < wanted ? Math.floor(rng.random() * length * 0.7) : undefined;
    const { code, signal, said } = await sweep(folder, mercy);
    if (signal === "SIGKILL") {
      kills++;
      const died = performance.now();
      while (orphans().length > 0 && performance.now() - died < 5000) await wait(50);
      longestOrphan = Math.max(longestOrphan, (performance.now() - died) / 1000);
      continue;
    }
    if (code !== 0) failures.push(`sweep ${sweeps}: ${said}`);
    break;
  }
  for (const path of differences(expected, digests(folder))) failures.push(`sweep ${sweeps}: ${path} differs`);
  rmSync(folder, { recursive: true, force: true });
  console.error(`${kills} kills in ${sweeps} sweeps, ${failures.length} failures`);
}
rmSync(place, { recursive: true, force: true });
for (const failure of failures) console.error(failure);
report({
  kills,
  sweeps,
  files: Object.keys(expected).length,
  failures: failures.length,
  orphanSeconds: Number(longestOrphan.toFixed(2)),
  seed: values.seed,
});
process.exitCode = failures.length === 0 && longestOrphan <= 2 ? 0 : 1;
