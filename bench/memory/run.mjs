/**
 * Measures memory over a million small updates of a hand-written training loop. The loop frees nothing itself, and now and then
 * it drops a graph without calling backward(). It is test/programs/small-updates.ts; a test runs a fifth of it.
 *
 *   node bench/memory/run.mjs [--updates 1000000]
 *
 * Reports megabytes after each tenth of the updates: used blocks of the kernels' heap, the kernels' whole memory, JavaScript
 * objects and arrays outside the kernels' memory (both after a garbage collection), and the process. Writes results.json.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildSync } from "esbuild";
import { commit, machine } from "../race.mjs";

const { values: given } = parseArgs({ options: { updates: { type: "string", default: "1000000" } } });
const root = fileURLToPath(new URL("../../", import.meta.url));
// At the same depth as the sources, because the kernels look for the native addon relative to themselves.
const outfile = `${root}build/bench/small-updates.mjs`;
mkdirSync(`${root}build/bench`, { recursive: true });
buildSync({
  entryPoints: [`${root}test/programs/small-updates.ts`],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  ignoreAnnotations: true,
  logLevel: "error",
});

const results = {};
for (const backend of ["wasm", "native"]) {
  const env = { ...process.env, ASCENT_BACKEND: backend };
  const started = performance.now();
  const samples = JSON.parse(execFileSync(process.execPath, ["--expose-gc", outfile, given.updates], { env }));
  const seconds = (performance.now() - started) / 1000;
  const rows = samples.map((sample, tenth) => ({
    updates: ((tenth + 1) * Number(given.updates)) / 10,
    ...Object.fromEntries(
      Object.entries(sample).map(([what, bytes]) => [what, Number((bytes / 1024 ** 2).toFixed(1))]),
    ),
  }));
  console.log(
    `${backend}: ${Number(given.updates).toLocaleString("en-GB")} updates in ${seconds.toFixed(1)} s; megabytes`,
  );
  console.table(rows);
  results[backend] = { seconds: Number(seconds.toFixed(1)), megabytes: rows };
}
const about = { bench: "memory", updates: Number(given.updates), commit: commit(), machine: machine() };
writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify({ ...about, results }, null, 1)}\n`);
