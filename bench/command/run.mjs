/**
 * Times `ascent train` without further arguments, process start included: seconds until the first line of output, and until
 * the run is solved, saved and reported. The result is the median of ten seeds.
 *
 *   node bench/command/run.mjs [--seeds 10]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { commit, machine } from "../race.mjs";
import { median } from "../stopwatch.mjs";

const { values } = parseArgs({ options: { seeds: { type: "string", default: "10" } } });
const cli = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ascent-"));

function trainOnce(seed) {
  return new Promise((resolve, reject) => {
    const out = join(folder, `seed-${seed}`);
    const start = performance.now();
    const child = spawn(process.execPath, [cli, "train", "--seed", String(seed), "--out", out], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let firstLine;
    child.stdout.on("data", (chunk) => {
      if (firstLine === undefined && String(chunk).includes("\n")) firstLine = (performance.now() - start) / 1000;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      const seconds = (performance.now() - start) / 1000;
      if (code !== 0) return reject(new Error(`ascent train --seed ${seed} ended with ${code}`));
      const { result } = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
      resolve({
        seed,
        firstLine,
        seconds,
        verdict: result.verdict.kind,
        solvedAtEpisode: result.solvedAtEpisode,
        steps: result.steps,
      });
    });
  });
}

const runs = [];
for (let seed = 0; seed < Number(values.seeds); seed++) {
  runs.push(await trainOnce(seed));
  const { firstLine, seconds, verdict, solvedAtEpisode } = runs.at(-1);
  console.log(
    `seed ${seed}: first line ${firstLine.toFixed(2)} s, done ${seconds.toFixed(2)} s, ${verdict} at episode ${solvedAtEpisode}`,
  );
}
rmSync(folder, { recursive: true });
const summary = {
  firstLine: median(runs.map((run) => run.firstLine)),
  seconds: median(runs.map((run) => run.seconds)),
};
console.log(
  `median: first line ${summary.firstLine.toFixed(2)} s, solved, saved and reported ${summary.seconds.toFixed(2)} s`,
);
const results = { bench: "command", commit: commit(), machine: machine(), median: summary, runs };
writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify(results, null, 1)}\n`);
