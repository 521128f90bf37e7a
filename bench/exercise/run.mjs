// Trains the solutions of the exercises on CartPole-v1 with several seeds, and has the last test of `ascent exercise check`
// judge each run: node bench/exercise/run.mjs [seeds, such as 20 or 10-19] [exercise …]. Each run takes its place in
// results.json when it ends, and other runs stay there. Seeds from 1000 on, on which settings are chosen, go to chosen.json.
import { readFileSync, writeFileSync } from "node:fs";
import { register } from "node:module";
import { exercises } from "../../dist/exercise/index.js";
import { commit, machine } from "../race.mjs";

register("../../dist/node/exercise/ascent-here.js", import.meta.url);
const [, , given = "20", ...names] = process.argv;
const [first, last] = given.includes("-") ? given.split("-").map(Number) : [0, Number(given) - 1];
const file = new URL(first < 1000 ? "results.json" : "chosen.json", import.meta.url);

for (const { name, tests } of exercises) {
  if (names.length > 0 && !names.includes(name)) continue;
  const solution = await import(`../../exercises/${name}/javascript/solution.js`);
  const learns = tests.find((test) => test.name === "cart-pole");
  for (let seed = first; seed <= last; seed++) keep(name, trained(solution, learns, seed));
  summarise(name, runsOf(name));
}

function trained(solution, learns, seed) {
  const start = process.cpuUsage();
  const train = ({ episodes }) => solution.train({ seed, episodes });
  const { returns, fault } = learns.run({ ...solution, train });
  const { user } = process.cpuUsage(start);
  const cpuSeconds = Number((user / 1e6).toFixed(1));
  const last100 = returns.slice(-100).reduce((sum, value) => sum + value, 0) / 100;
  const firstOf195 = returns.findIndex((value) => value >= 195) + 1;
  return { seed, passed: fault === undefined, best: Math.max(...returns), firstOf195, last100, cpuSeconds };
}

function runsOf(name) {
  return JSON.parse(readFileSync(file, "utf8")).results[name] ?? [];
}

// Reads the file anew each time: other processes may run other seeds.
function keep(name, run) {
  const about = { bench: "exercise", commit: commit(), machine: machine() };
  const runs = [...runsOf(name).filter(({ seed }) => seed !== run.seed), run].sort((a, b) => a.seed - b.seed);
  const { results } = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, `${JSON.stringify({ ...about, results: { ...results, [name]: runs } }, null, 1)}\n`);
}

function summarise(name, runs) {
  const sorted = (key) => runs.map((run) => run[key]).sort((a, b) => a - b);
  const middle = (key) => sorted(key)[Math.floor(runs.length / 2)];
  console.log(`${name}: ${runs.filter(({ passed }) => passed).length} of ${runs.length} seeds pass`);
  console.log(
    `  mean of the last 100 episodes: median ${middle("last100").toFixed(0)}, worst ${sorted("last100")[0].toFixed(0)}`,
  );
  console.log(`  first episode of 195 steps: median ${middle("firstOf195")}, latest ${sorted("firstOf195").at(-1)}`);
  console.log(`  ${middle("cpuSeconds")} s of processor time a run in the median`);
}
