/**
 * Measures the time from the start of the process until a policy passes the environment's threshold, as the mean of 100
 * deterministic episodes: Ascent with the preset `default`, evaluations included, and Stable-Baselines3 with RL Zoo's settings,
 * evaluations excluded. Contestants run one at a time, on all cores.
 *
 *   node bench/peers/solve.mjs [--only CartPole-v1] [--seeds 10] [--preset default] [--rivals-too true] [--rival-seeds 2]
 *
 * Earlier results for the other environment stay in solve.json.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { commit, machine, run } from "../race.mjs";
import { median } from "../stopwatch.mjs";

const TASKS = {
  "CartPole-v1": {
    ours: ["--until", "475", "--every", "1024", "--screen", "0"],
    rival: ["--until", "475", "--evaluate-every", "1024", "--steps", "100000"],
    builds: ["native", "wasm"],
    within: 1.5,
  },
  "LunarLander-v3": {
    ours: ["--until", "200", "--every", "16384", "--screen", "120"],
    rival: ["--until", "200", "--evaluate-every", "16384", "--screen", "120", "--steps", "1000000"],
    builds: ["native"],
    rivalSeeds: 2,
    within: 60,
  },
};

const { values: given } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: Object.keys(TASKS) },
    seeds: { type: "string", default: "10" },
    preset: { type: "string", default: "default" },
    "rivals-too": { type: "string", default: "true" },
    "rival-seeds": { type: "string" },
  },
});
const output = fileURLToPath(new URL("solve.json", import.meta.url));
const peers = fileURLToPath(new URL("../.work/peers-venv/bin/python", import.meta.url));
const results = existsSync(output) ? JSON.parse(readFileSync(output, "utf8")) : {};

/** Runs each seed in turn; a seed that never passed has an infinite time. */
async function series(env, contestant, seeds) {
  const runs = [];
  for (let seed = 0; seed < seeds; seed++) {
    process.stderr.write(`\r\x1b[K${env}: ${contestant.name}, seed ${seed} of ${seeds}`);
    const { metrics, versions, solved_at_steps } = await run({ ...contestant, cores: cpus().length }, seed);
    runs.push({
      seed,
      seconds: metrics.whole_seconds,
      training: metrics.seconds,
      solvedAtSteps: solved_at_steps,
      versions,
    });
  }
  process.stderr.write("\r\x1b[K");
  const { versions } = runs[0];
  for (const one of runs) delete one.versions;
  const seconds = median(runs.map((one) => (one.solvedAtSteps === null ? Number.POSITIVE_INFINITY : one.seconds)));
  return { versions, commit: commit(), median: Number.isFinite(seconds) ? seconds : null, runs };
}

for (const env of given.only) {
  const task = TASKS[env];
  if (task === undefined) throw new Error(`--only ${env}: one of ${Object.keys(TASKS).join(", ")}`);
  const found = { ...results[env], within: task.within, machine: machine() };
  for (const backend of task.builds) {
    const command = (seed) => [
      ...["node", "bench/peers/ours_solve.mjs", "--env", env, "--preset", given.preset, "--seed", String(seed)],
      ...task.ours,
    ];
    found[backend] = await series(
      env,
      { name: backend, command, env: { ASCENT_BACKEND: backend } },
      Number(given.seeds),
    );
    save(env, found);
  }
  if (given["rivals-too"] === "true") {
    const script = "bench/peers/rivals/sb3_ppo.py";
    const command = (seed) => [peers, script, "--env", env, "--seed", String(seed), ...task.rival];
    const seeds = Number(
      given["rival-seeds"] ?? Math.min(task.rivalSeeds ?? Number.POSITIVE_INFINITY, Number(given.seeds)),
    );
    found.sb3 = await series(env, { name: "Stable-Baselines3", command }, seeds);
    save(env, found);
  }
}

/** Writes at once, so that a later failure does not lose these results. */
function save(env, found) {
  results[env] = found;
  writeFileSync(output, `${JSON.stringify(results, null, 1)}\n`);
}

const show = (seconds) => (seconds === null ? "never" : `${seconds.toFixed(2)} s`);
for (const env of given.only) {
  const { within, ...found } = results[env];
  for (const name of ["native", "wasm", "sb3"]) {
    if (found[name] === undefined) continue;
    const { median: middle, runs } = found[name];
    const solved = runs.filter((one) => one.solvedAtSteps !== null);
    const times = solved.map((one) => one.seconds);
    const steps = solved.length === 0 ? "-" : Math.round(median(solved.map((one) => one.solvedAtSteps)));
    const verdict = name === "sb3" ? "" : middle !== null && middle < within ? ", reached" : ", MISSED";
    console.log(
      `${env}, ${name}: median ${show(middle)} (${times.length === 0 ? "" : `${Math.min(...times).toFixed(2)} to ${Math.max(...times).toFixed(2)}, `}${solved.length} of ${runs.length} solved, ${steps} steps)` +
        (name === "sb3" ? "" : `; asked: under ${within} s${verdict}`),
    );
  }
}
