/**
 * Compares our LunarLander with Gymnasium's. Two controllers, Gymnasium's heuristic and random actions, fly both on the same
 * seeds. The result has mean return and length in standard errors of their difference (z) and episode by episode (paired z,
 * which is stricter), and the steps per second of each on the same flights with one core.
 *
 *   .venv/bin/pip install -r bench/requirements.txt
 *   npm run build && node bench/lander/run.mjs [--episodes 1000] [--rounds 5]
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { python, race } from "../race.mjs";
import { IDS } from "./workload.mjs";

const { values } = parseArgs({
  options: { episodes: { type: "string", default: "1000" }, rounds: { type: "string", default: "5" } },
});

const ours = ["node", "bench/lander/ours.mjs"];
const gymnasium = [python(), "bench/lander/gymnasium_pilots.py"];

function flightsOf([program, ...script]) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const text = execFileSync(program, [...script, "pilots", values.episodes], { cwd: root, maxBuffer: 1e9 });
  return JSON.parse(text.toString().trim().split("\n").at(-1)).flights;
}

const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
const standardError = (list) => {
  const centre = mean(list);
  return Math.sqrt(list.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (list.length - 1) / list.length);
};

function compared(what, a, b) {
  const difference = mean(a) - mean(b);
  const paired = a.map((value, i) => value - b[i]);
  return {
    what,
    ascent: { mean: mean(a), se: standardError(a) },
    gymnasium: { mean: mean(b), se: standardError(b) },
    z: difference / Math.sqrt(standardError(a) ** 2 + standardError(b) ** 2),
    pairedZ: difference / standardError(paired),
  };
}

const [mine, theirs] = [ours, gymnasium].map(flightsOf);
const statistics = Object.keys(theirs).flatMap((name) =>
  ["returns", "lengths"].map((what) => compared(`${what} of ${name}`, mine[name][what], theirs[name][what])),
);
console.log(`${values.episodes} episodes each, mean ± standard error\n`);
for (const { what, ascent, gymnasium: other, z, pairedZ } of statistics) {
  const [a, b] = [ascent, other].map(({ mean: m, se }) => `${m.toFixed(1)} ± ${se.toFixed(1)}`.padStart(15));
  const verdict = Math.abs(z) <= 3 ? "within 3" : "BEYOND 3";
  console.log(
    `${what.padEnd(45)}${a}${b}   z ${z.toFixed(2).padStart(5)}   paired z ${pairedZ.toFixed(2).padStart(5)}   ${verdict}`,
  );
}
console.log("");

const result = await race({
  name: "lander",
  rounds: Number(values.rounds),
  contestants: [
    { name: "ascent", command: [...ours, "steps"] },
    { name: "gymnasium", command: [...gymnasium, "steps"] },
  ],
  bars: IDS.flatMap((id) =>
    ["pilot", "chance"].map((kind) => ({
      label: `${kind} ${id} against Gymnasium`,
      ours: `ascent.${kind} ${id}`,
      rival: `gymnasium.${kind} ${id}`,
      atLeast: 1,
    })),
  ),
});
const file = fileURLToPath(new URL("results.json", import.meta.url));
writeFileSync(file, `${JSON.stringify({ ...result, episodes: Number(values.episodes), statistics }, null, 1)}\n`);
