/**
 * Compares the engine with PyTorch, jax-js and TensorFlow.js on matrix products, sampling one action, and one update of 512
 * steps, each on one thread.
 *
 *   node bench/engine/run.mjs [--rounds 5]
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { python, race } from "../race.mjs";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
const ours = (name) => ({ name, command: ["node", "bench/engine/ours.mjs"], env: { ASCENT_BACKEND: name } });
const against = (label, build, metric, rival, atLeast, rivalMetric = metric) => ({
  label: `${label}, ${build} against ${rival}`,
  ours: `${build}.${metric}`,
  rival: `${rival}.${rivalMetric}`,
  ...(atLeast === undefined ? {} : { atLeast }),
});

await race({
  name: "engine",
  rounds: Number(values.rounds),
  contestants: [
    ours("wasm"),
    ours("native"),
    { name: "torch", command: [python(), "bench/engine/rivals/torch_engine.py"] },
    { name: "jax-js", command: ["node", "bench/engine/rivals/jax-js.mjs"] },
    { name: "tfjs", command: ["node", "bench/engine/rivals/tfjs.mjs"] },
  ],
  bars: [
    { label: "256×64×64, wasm, GFLOP/s", ours: "wasm.gemm_256x64x64_gflops", atLeast: 15 },
    { label: "256×64×64, native, GFLOP/s", ours: "native.gemm_256x64x64_gflops", atLeast: 60 },
    ...["64x64x64", "256x64x64", "512x128x128", "512x512x512"].flatMap((size) =>
      ["wasm", "native"].map((build) => against(size.replaceAll("x", "×"), build, `gemm_${size}_gflops`, "torch")),
    ),
    { label: "a decision, wasm, µs", ours: "wasm.act_us", atMost: 8 },
    { label: "a decision, native, µs", ours: "native.act_us", atMost: 8 },
    ...["wasm", "native"].flatMap((build) => [
      against("a decision", build, "act_us", "jax-js", undefined),
      against("a decision drawn by the library", build, "act_us", "jax-js", 50, "act_library_us"),
      against("a decision", build, "act_us", "tfjs", undefined),
      against("a decision drawn by the library", build, "act_us", "tfjs", 50, "act_library_us"),
      against("a decision, Categorical with its graph", build, "act_us", "torch", 25, "act_graph_us"),
      against("a decision, barest", build, "act_us", "torch", 6, "act_barest_us"),
    ]),
    against("an update", "wasm", "update_ms", "jax-js", 2),
    against("an update", "wasm", "update_ms", "tfjs", 7),
    against("an update", "wasm", "update_ms", "torch", 0.4, "update_default_ms"),
    against("an update", "native", "update_ms", "torch", 1.3, "update_default_ms"),
  ],
  agree: { firstLoss: 1e-4, tenthLoss: 1e-4 },
  output: fileURLToPath(new URL("results.json", import.meta.url)),
});
