/**
 * Trains PPO on CartPole again and again, in programs that are all compiled: Ascent with exact and with fast numerics
 * (`ASCENT_NUMERICS`), and the PureJaxRL-style program, on one thread and one core. They take turns, so that each ratio
 * compares runs of the same half minute, also on a busy machine.
 *
 *   npm run build && node bench/peers/running.mjs [--settings zoo,own] [--rounds 9] [--output bench/peers/running.json]
 *
 * It needs the Python of `run.mjs`. `cpu_seconds` is the processor time of a run of training, `seconds` what the clock
 * says, and a ratio the median of the ratios within a round, above 1 where the first is faster.
 */
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { commit, machine } from "../race.mjs";
import { median } from "../stopwatch.mjs";
import { rotated, start } from "../turns.mjs";

const { values } = parseArgs({
  options: {
    settings: { type: "string", default: "zoo,own" },
    rounds: { type: "string", default: "9" },
    output: { type: "string" },
  },
});
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const SETTINGS = {
  zoo: { ours: ["--preset", "zoo", "--steps", "100000"], theirs: ["--zoo"] },
  own: { ours: ["--preset", "cleanrl", "--steps", "500000"], theirs: [] },
};
const PAIRS = [
  ["exact", "jax"],
  ["fast", "jax"],
  ["fast", "exact"],
];

async function measure({ ours, theirs }) {
  const ascent = (name) => ({
    name,
    command: [process.execPath, here("ours.mjs"), "--turns", "--name", name, ...ours],
    env: { ASCENT_BACKEND: "native", ASCENT_THREADS: "1", ASCENT_NUMERICS: name },
  });
  const python = here("../.work/peers-venv/bin/python");
  const jax = { name: "jax", command: [python, here("rivals/purejaxrl_style_ppo.py"), "--turns", ...theirs] };
  const all = [ascent("exact"), ascent("fast"), jax].map(start);
  const versions = {};
  for (const one of all) Object.assign(versions, (await one.answer()).versions);
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const result = {};
    for (const one of rotated(all, round)) result[one.name] = await one.ask("again");
    rounds.push(result);
  }
  for (const one of all) one.end();
  const figures = (clock) => Object.fromEntries(all.map(({ name }) => [name, spread((round) => round[name][clock])]));
  const ratios = (clock) =>
    Object.fromEntries(PAIRS.map(([a, b]) => [`${a} / ${b}`, spread((round) => round[b][clock] / round[a][clock])]));
  const spread = (of) => {
    const found = rounds.map(of);
    return [median(found), Math.min(...found), Math.max(...found)].map((x) => Number(x.toFixed(3)));
  };
  const clocks = ["cpu_seconds", "seconds"].map((clock) => [clock, { figures: figures(clock), ratios: ratios(clock) }]);
  return { versions, clocks: Object.fromEntries(clocks) };
}

const result = { bench: "peers, running", commit: commit(), machine: machine(), rounds: Number(values.rounds) };
result.settings = {};
console.log(
  `${result.machine.cpu}, load ${loadavg()[0].toFixed(1)}; medians of ${values.rounds} rounds, lowest and highest`,
);
for (const name of values.settings.split(",")) {
  const { versions, clocks } = await measure(SETTINGS[name]);
  result.settings[name] = { versions, ...clocks };
  console.log(`\n${name}, ${JSON.stringify(versions)}`);
  for (const [clock, { figures, ratios }] of Object.entries(clocks))
    for (const [who, [middle, low, high]] of Object.entries({ ...figures, ...ratios }))
      console.log(
        `${clock.padEnd(12)} ${who.padEnd(14)} ${middle.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`,
      );
}
if (values.output) writeFileSync(values.output, `${JSON.stringify(result, null, 1)}\n`);
