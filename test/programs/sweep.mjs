// Trains the sweep in a folder, begun by `sweeps.test.ts`: node sweep.mjs FOLDER [dies]. It prints its news, one a line. With `dies`
// it kills itself when its first run is done, after it has printed its jobs.
import { spawnSync } from "node:child_process";
import { resumeSweep } from "../../dist/node/index.js";

const [folder, dies] = process.argv.slice(2);
const sweep = resumeSweep(folder, { jobs: 1 });
process.on("SIGTERM", () => void sweep.stop());
console.log("begun");
for await (const { kind, id } of sweep) {
  console.log(`${kind} ${id}`);
  if (kind === "done" && dies) die();
}
console.log(sweep.complete ? "complete" : "stopped");

function die() {
  const { stdout, pid: self } = spawnSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" });
  for (const line of stdout.trim().split("\n")) {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    if (parent === process.pid && pid !== self) console.log(`job ${pid}`);
  }
  process.kill(process.pid, "SIGKILL");
}
