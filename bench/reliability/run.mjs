// All torture scripts in full, and their results with the commit and the machine in results.json (20 minutes or so).
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
