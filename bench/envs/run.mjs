/**
 * Compares steps per second of the classic environments with Gymnasium (alone), EnvPool and gymnax (in batches). Each has one
 * thread and one core and takes random actions sampled in advance. An episode that ends is followed by another.
 *
 *   python3 -m venv bench/.work/venv && bench/.work/venv/bin/pip install -r bench/envs/requirements.txt
 *   npm run build && node bench/envs/run.mjs [--rounds 5]
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { python, race } from "../race.mjs";
import { ENVS } from "./workload.mjs";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
const rivals = fileURLToPath(new URL("../.work/venv/bin/python", import.meta.url));

const against = (label, metric, rival, atLeast) => ({
  label: `${metric} against ${label}`,
  ours: `ascent.${metric}`,
  rival: `${rival}.${metric}`,
  ...(atLeast === undefined ? {} : { atLeast }),
});

await race({
  name: "envs",
  rounds: Number(values.rounds),
  contestants: [
    { name: "ascent", command: ["node", "bench/envs/ours.mjs"] },
    { name: "gymnasium", command: [python(), "bench/envs/rivals/gymnasium_steps.py"] },
    { name: "envpool", command: [rivals, "bench/envs/rivals/envpool_steps.py"] },
    { name: "gymnax", command: [rivals, "bench/envs/rivals/gymnax_steps.py"] },
  ],
  bars: [
    { label: "CartPole-v1 alone", ours: "ascent.CartPole-v1", atLeast: 2e6 },
    ...ENVS.map((id) => against("Gymnasium", id, "gymnasium", 15)),
    { label: "CartPole-v1 × 1024", ours: "ascent.CartPole-v1 × 1024", atLeast: 12e6 },
    ...ENVS.flatMap((id) =>
      [64, 1024].map((n) =>
        against("gymnax", `${id} × ${n}`, "gymnax", id === "CartPole-v1" && n === 1024 ? 1 : undefined),
      ),
    ),
    {
      ...against("EnvPool × 64", "CartPole-v1 × 1024", "envpool", 40),
      rival: "envpool.CartPole-v1 × 64",
    },
    ...ENVS.flatMap((id) => [64, 1024].map((n) => against("EnvPool", `${id} × ${n}`, "envpool"))),
  ],
  agree: { cartPoleLength: 0.1 },
  output: fileURLToPath(new URL("results.json", import.meta.url)),
});
