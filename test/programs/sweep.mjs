// Trains the sweep in a folder, begun by `sweeps.test.ts`: node sweep.mjs FOLDER. It prints its news, one a line.
import { resumeSweep } from "../../dist/node/index.js";

const sweep = resumeSweep(process.argv[2], { jobs: 1 });
process.on("SIGTERM", () => void sweep.stop());
console.log("begun");
for await (const { kind, id } of sweep) console.log(`${kind} ${id}`);
console.log(sweep.complete ? "complete" : "stopped");
