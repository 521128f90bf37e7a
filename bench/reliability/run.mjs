// Runs all reliability scripts in full and writes their results, the commit and the machine to results.json (about 20 minutes).
//
//   node bench/reliability/run.mjs
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { commit, machine } from "../race.mjs";

const results = {};
for (const name of ["kill", "mutate", "disk"]) {
  const script = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
  const { stdout } = spawnSync(process.execPath, [script], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  process.stdout.write(`${name}: ${stdout}`);
  results[name] = JSON.parse(stdout.trimEnd().split("\n").at(-1));
}
const whole = { bench: "reliability", commit: commit(), machine: machine(), node: process.version, ...results };
writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify(whole, null, 1)}\n`);
process.exitCode = Object.values(results).every(({ failures }) => failures === 0) ? 0 : 1;
