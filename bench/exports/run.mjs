/**
 * Policies in Python: 10,000 outputs of PyTorch with exported weights, and 10,000 actions drawn with an exported ONNX model,
 * against the policy itself.
 *
 *   npm run build && PYTHON=.venv/bin/python node bench/exports/run.mjs
 *
 * Needs torch, safetensors and onnxruntime (bench/requirements.txt). Writes results.json, and exits with 1 if an output of
 * PyTorch is more than 1e-5 from the policy's, or the drawn actions' mean or deviation differs by more than chance.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toModule, toOnnx, toTorch } from "../../dist/export/index.js";
import { train } from "../../dist/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { commit } from "../race.mjs";

const python = process.env.PYTHON ?? fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));
const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ascent-exports-"));
const path = (name) => join(folder, name);
const COUNT = 10_000;

const floats = (name) => new Float32Array(Uint8Array.from(readFileSync(path(name))).buffer);
const save = (name, values) => writeFileSync(path(name), new Uint8Array(values.buffer));
const moments = (values) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, std: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
};

/** Settings of short runs: one for each kind of head that the page shows. */
const runs = {
  categorical: { algorithm: "ppo", env: "CartPole-v1", steps: 2048 },
  gaussian: { algorithm: "ppo", env: "Pendulum-v1", steps: 2048, options: { normaliseObservations: true } },
  squashed: { algorithm: "ppo", env: "Pendulum-v1", steps: 2048, options: { continuous: "squashed-gaussian" } },
  "state-dependent": { algorithm: "a2c", env: "Pendulum-v1", steps: 2048, options: { continuous: "state-dependent" } },
};

const results = {};
for (const [name, config] of Object.entries(runs)) {
  const run = train(config);
  for (const _ of run);
  const { policy } = run;
  const width = policy.observationSpace.shape[0];
  const seen = Float32Array.from(defaultRng(1).normal(0, 1, COUNT * width));
  save("seen", seen);
  writeFileSync(path("policy.safetensors"), toTorch(policy));
  writeFileSync(path("policy.onnx"), toOnnx(policy, { version: "bench", about: { score: "none" } }));
  writeFileSync(path(`${name}.mjs`), toModule(policy));
  const module = await import(path(`${name}.mjs`));
  const rows = Array.from({ length: COUNT }, (_, i) => seen.subarray(i * width, (i + 1) * width));

  execFileSync(python, [script("torch_policy.py"), path("policy.safetensors"), path("seen"), width, path("torch")]);
  const ours = rows.flatMap((row) => [...(module.logits ?? module.mean)(row)]);
  const torch = floats("torch");
  const largest = ours.reduce((most, value, i) => Math.max(most, Math.abs(value - torch[i])), 0);

  // One observation, so that the drawn actions have one distribution.
  save(
    "same",
    Float32Array.from({ length: COUNT * width }, (_, i) => rows[0][i % width]),
  );
  execFileSync(python, [script("onnx_policy.py"), path("policy.onnx"), path("same"), width, path("drawn")]);
  const rng = defaultRng(2);
  const drawn = moments([...floats("drawn")]);
  const expected = moments(Array.from({ length: COUNT }, () => Number(policy.act(rows[0], { rng }))));
  const error = (expected.std * Math.SQRT2) / Math.sqrt(COUNT);
  results[name] = {
    outputs: ours.length,
    "largest difference": largest,
    "drawn in Python": drawn,
    "by policy.act": expected,
  };
  const same = Math.abs(drawn.mean - expected.mean) < 4 * error && Math.abs(drawn.std - expected.std) < 4 * error;
  if (!(largest < 1e-5) || !same) process.exitCode = 1;
}
rmSync(folder, { recursive: true });
console.dir(results, { depth: 3 });
const about = { bench: "exports", commit: commit() };
writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify({ about, results }, null, 2)}\n`);
