// A worker that trains nothing: for every job it hands in the files of the run in a folder. The store and the collector have the
// same work as with real workers.
//
//   node bench/sweeps/handing-worker.mjs FOLDER    ASCENT_QUEUE names the queue
import { readQueueAddress } from "../../dist/node/queue/address.js";
import { openDepot } from "../../dist/node/queue/depots/open-depot.js";
import { queueOf, runCode } from "../../dist/node/queue/run-code.js";
import { storeRun } from "../../dist/node/queue/run-files.js";
import { jobKey } from "../../dist/node/queue/run-job.js";
import { openStore } from "../../dist/node/queue/store.js";
import { readOutcome } from "../../dist/node/sweeps/outcome-file.js";
import { codeAtHand } from "../../dist/node/sweeps/sweep-code.js";

const [folder] = process.argv.slice(2);
const store = await openStore(readQueueAddress(process.env.ASCENT_QUEUE));
const { depot, most } = await openDepot(undefined, store);
const { weightsSha256 } = readOutcome(folder);
const hand = async ({ data: { sweep, run } }) => {
  await storeRun(depot, jobKey(sweep, run.id), folder, most);
  return { weightsSha256, machine: "hands-in", differs: [] };
};
const worker = store.worker(queueOf(runCode(codeAtHand([]))), hand, { concurrency: 4, lockDuration: 60_000 });
worker.on("error", () => undefined);
