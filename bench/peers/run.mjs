/**
 * Compares PPO on CartPole-v1 with Stable-Baselines3, a CleanRL-style script and a PureJaxRL-style program, with RL Zoo's
 * settings for 100,000 steps and then PureJaxRL's own for 500,000. Each has one thread and one core, except on the lines that
 * say two cores, where two threads of Ascent share each gradient step.
 *
 *   python3 -m venv bench/.work/peers-venv && bench/.work/peers-venv/bin/pip install -r bench/peers/requirements.txt
 *   npm run build && node bench/peers/run.mjs [--rounds 3] [--only native,native-fast,purejaxrl-style]
 *
 * Each round uses another seed. `seconds` is training alone, for JAX without compilation. `warm_seconds` is Ascent without
 * compilation: a second run in the same process, which "running" compares with JAX. `whole_seconds` counts from the start of
 * the process until training is done. `cpu_seconds` is the processor time of `seconds`, which other load on the machine affects
 * less. `final_return` is the mean of 100 deterministic episodes, which none of these times includes.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { race } from "../race.mjs";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "3" }, only: { type: "string" } },
});
const peers = fileURLToPath(new URL("../.work/peers-venv/bin/python", import.meta.url));

const rival = (name, script, ...flags) => ({
  name,
  command: (round) => [peers, `bench/peers/rivals/${script}.py`, ...flags, "--seed", String(round)],
});
const ours = (name, backend, flags, { cores = 1, numerics = "exact" } = {}) => ({
  name,
  cores,
  command: (round) => ["node", "bench/peers/ours.mjs", "--name", name, ...flags, "--seed", String(round)],
  env: { ASCENT_BACKEND: backend, ASCENT_THREADS: String(cores), ASCENT_NUMERICS: numerics },
});
const bar = (label, ours, rival, atLeast, metric = "seconds", theirs = metric) => ({
  label,
  ours: `${ours}.${metric}`,
  rival: `${rival}.${theirs}`,
  ...(atLeast === undefined ? {} : { atLeast }),
});

const only = values.only?.split(",");
const isWanted = (name) => only === undefined || only.includes(name);
const wanted = (contestants) => contestants.filter(({ name }) => isWanted(name));
const measured = (bars) => bars.filter((bar) => [bar.ours, bar.rival].every((path) => isWanted(path.split(".")[0])));

/** Excludes compilation on both sides. */
const COMPILED = ["warm_seconds", "seconds"];

const zoo = ["--preset", "zoo", "--steps", "100000"];
const own = ["--preset", "cleanrl", "--steps", "500000"];

await race({
  name: "peers",
  rounds: Number(values.rounds),
  contestants: wanted([
    ours("wasm", "wasm", zoo),
    ours("native", "native", zoo),
    ours("native-fast", "native", zoo, { numerics: "fast" }),
    ours("native-2-cores", "native", zoo, { cores: 2 }),
    rival("sb3", "sb3_ppo"),
    rival("cleanrl-style", "cleanrl_style_ppo", "--zoo"),
    rival("purejaxrl-style", "purejaxrl_style_ppo", "--zoo"),
    ours("wasm-own", "wasm", own),
    ours("native-own", "native", own),
    ours("native-own-fast", "native", own, { numerics: "fast" }),
    rival("purejaxrl-style-own", "purejaxrl_style_ppo"),
  ]),
  bars: measured([
    bar("Zoo's settings, wasm against Stable-Baselines3", "wasm", "sb3", 3),
    bar("Zoo's settings, wasm against CleanRL-style", "wasm", "cleanrl-style", 3),
    bar("Zoo's settings, native against Stable-Baselines3", "native", "sb3", 9),
    bar("Zoo's settings, native against CleanRL-style", "native", "cleanrl-style", 9),
    bar("Zoo's settings, native on two cores against Stable-Baselines3", "native-2-cores", "sb3", 14),
    bar("Zoo's settings, native on two cores against CleanRL-style", "native-2-cores", "cleanrl-style", 14),
    bar("Zoo's settings, native against PureJaxRL-style, running", "native", "purejaxrl-style", 1, ...COMPILED),
    bar("Zoo's settings, native, fast numerics, running", "native-fast", "purejaxrl-style", 1, ...COMPILED),
    bar("Zoo's settings, native, fast numerics, our first run", "native-fast", "purejaxrl-style"),
    bar("Zoo's settings, native against PureJaxRL-style, our first run", "native", "purejaxrl-style"),
    bar("Zoo's settings, native against PureJaxRL-style, from start", "native", "purejaxrl-style", 3, "whole_seconds"),
    bar(
      "Zoo's settings, wasm against PureJaxRL-style, from start",
      "wasm",
      "purejaxrl-style",
      undefined,
      "whole_seconds",
    ),
    bar("PureJaxRL's settings, native, running", "native-own", "purejaxrl-style-own", 1, ...COMPILED),
    bar(
      "PureJaxRL's settings, native, fast numerics, running",
      "native-own-fast",
      "purejaxrl-style-own",
      1,
      ...COMPILED,
    ),
    bar("PureJaxRL's settings, native, our first run", "native-own", "purejaxrl-style-own"),
    bar("PureJaxRL's settings, native, from start", "native-own", "purejaxrl-style-own", undefined, "whole_seconds"),
    bar("PureJaxRL's settings, wasm, running", "wasm-own", "purejaxrl-style-own", undefined, ...COMPILED),
  ]),
  // A part of the contestants has a part of the results.
  output: only === undefined ? fileURLToPath(new URL("results.json", import.meta.url)) : undefined,
});
