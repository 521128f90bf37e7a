/**
 * Compares our robots with Gymnasium's on the same release of MuJoCo, natively compiled there and as WebAssembly here. Random
 * actions move both on the same seeds. The result has mean return and length in standard errors of their difference (z), and
 * the steps per second of each with one core.
 *
 *   .venv/bin/pip install -r bench/requirements.txt
 *   npm run build && node bench/robots/run.mjs [--episodes 200] [--rounds 5] [--only HalfCheetah-v5]
 *
 * `--rounds 0` leaves the speed out, `--episodes 0` the returns. `node bench/workers/run.mjs --only HalfCheetah` measures what
 * worker threads add.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { commit, machine, python, race } from "../race.mjs";
import { IDS } from "./workload.mjs";

const { values } = parseArgs({
  options: {
    episodes: { type: "string", default: "200" },
    rounds: { type: "string", default: "5" },
    only: { type: "string", multiple: true, default: [] },
  },
});
const ids = values.only.length > 0 ? values.only : IDS;
const ours = ["node", "bench/robots/ours.mjs"];
const gymnasium = [python(), "bench/robots/gymnasium_robots.py"];
const file = fileURLToPath(new URL("results.json", import.meta.url));
const stored = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};

if (Number(values.episodes) > 0) store({ statistics: { ...stored.statistics, ...statistics() } });
if (Number(values.rounds) > 0) {
  const speed = await race({
    name: "robots",
    rounds: Number(values.rounds),
    contestants: [
      { name: "ascent", command: [...ours, "steps"] },
      { name: "gymnasium", command: [...gymnasium, "steps"] },
    ],
    bars: IDS.map((id) => ({
      label: `${id} against Gymnasium`,
      ours: `ascent.${id}`,
      rival: `gymnasium.${id}`,
      atLeast: 0.8,
    })),
  });
  store({ speed });
}

function store(part) {
  Object.assign(stored, part);
  writeFileSync(file, `${JSON.stringify(stored, null, 1)}\n`);
}

function statistics() {
  const [mine, theirs] = [ours, gymnasium].map(flightsOf);
  const about = { episodes: Number(values.episodes), commit: commit(), machine: machine() };
  console.log(`${values.episodes} episodes each, mean ± standard error: Ascent's, Gymnasium's\n`);
  return Object.fromEntries(
    ids.map((id) => {
      const [returns, lengths] = ["returns", "lengths"].map((what) => compared(mine[id][what], theirs[id][what]));
      for (const [what, { ascent, gymnasium: other, z }] of Object.entries({ returns, lengths })) {
        const [a, b] = [ascent, other].map(({ mean, se }) => `${mean.toFixed(2)} ± ${se.toFixed(2)}`.padEnd(22));
        console.log(
          `${id.padEnd(27)}${what.padEnd(9)}${a}${b}z ${z.toFixed(2)}${Math.abs(z) > 3 ? "   DIFFERENT" : ""}`,
        );
      }
      return [id, { returns, lengths, ...about }];
    }),
  );
}

function flightsOf([program, ...script]) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const text = execFileSync(program, [...script, "returns", values.episodes, ...ids], { cwd: root, maxBuffer: 1e9 });
  return JSON.parse(text.toString().trim().split("\n").at(-1)).flights;
}

function compared(a, b) {
  const [ascent, other] = [a, b].map((list) => ({ mean: mean(list), se: standardError(list) }));
  const spread = Math.sqrt(ascent.se ** 2 + other.se ** 2);
  return { ascent, gymnasium: other, z: spread === 0 ? 0 : (ascent.mean - other.mean) / spread };
}

function mean(list) {
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}

function standardError(list) {
  const centre = mean(list);
  return Math.sqrt(list.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (list.length - 1) / list.length);
}
