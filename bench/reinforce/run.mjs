/**
 * Compares REINFORCE, preset `exercise`, with the same algorithm in PyTorch and Gymnasium, on one thread each.
 *
 *   node bench/reinforce/run.mjs [--rounds 5] [--episodes 300]
 *
 * Each round uses another seed. The figure of a contestant is environment steps per second with learning.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { python, race } from "../race.mjs";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, episodes: { type: "string", default: "300" } },
});
const flags = (round) => ["--episodes", values.episodes, "--seed", String(round)];
const ours = (name, backend) => ({
  name,
  command: (round) => ["node", "bench/reinforce/ours.mjs", ...flags(round)],
  env: { ASCENT_BACKEND: backend },
});

await race({
  name: "reinforce",
  rounds: Number(values.rounds),
  contestants: [
    ours("wasm", "wasm"),
    ours("native", "native"),
    { name: "torch", command: (round) => [python(), "bench/reinforce/rivals/torch_reinforce.py", ...flags(round)] },
  ],
  bars: [
    {
      label: "wasm against PyTorch + Gymnasium",
      ours: "wasm.steps_per_second",
      rival: "torch.steps_per_second",
      atLeast: 40,
    },
    {
      label: "native against PyTorch + Gymnasium",
      ours: "native.steps_per_second",
      rival: "torch.steps_per_second",
      atLeast: 70,
    },
  ],
  output: fileURLToPath(new URL("results.json", import.meta.url)),
});
