/** Opens a queue as a worker: refuses what it could not work for, and says what it waits for. */

import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError } from "../../errors.js";
import { recordedNumerics } from "../../training/numerics.js";
import type { RunImport } from "../../training/run-record.js";
import { codeAtHand } from "../sweeps/sweep-code.js";
import { readQueueAddress } from "./address.js";
import { openDepot } from "./depots/open-depot.js";
import { patiently } from "./patience.js";
import { QueueWorker, type QueueWorkerOptions } from "./queue-worker.js";
import { codeDifference, type RunCode, runCode } from "./run-code.js";
import type { ListedSweep } from "./run-job.js";
import { openStore } from "./store.js";
import { SweepList } from "./sweep-list.js";

export interface WorkerRequest extends Pick<QueueWorkerOptions, "imports" | "jobs" | "patience" | "say" | "lockMs"> {
  readonly queue: string;
  readonly files: string | undefined;
  readonly scratch: string | undefined;
  readonly imports: readonly RunImport[];
}

export interface OpenWorker {
  /** The queue's address without its password. */
  readonly shown: string;
  readonly worker: QueueWorker;
  /** The sweeps that are listed now, and why this worker can't work for some of them. */
  look(end: AbortSignal): Promise<{ readonly sweep: ListedSweep; readonly problem: string | undefined }[]>;
  close(): Promise<void>;
}

/**
 * @throws ConfigError if the queue is refused, or if there are sweeps and this worker has other code than each of them
 * @throws FileError if a module can't be read
 */
export async function openWorker(request: WorkerRequest): Promise<OpenWorker> {
  const { queue, imports, files, scratch = join(tmpdir(), `ascent-worker-${process.pid}`), ...rest } = request;
  const code = runCode(codeAtHand(imports), recordedNumerics());
  const store = await openStore(readQueueAddress(queue));
  const depot = await openDepot(files, store);
  const list = new SweepList(store);
  const close = async (): Promise<void> => {
    await list.close();
    await depot.depot.close();
  };
  const look = async () =>
    (await list.all()).map((sweep) => ({ sweep, problem: problemOf(sweep, code, depot.depot.shown) }));
  try {
    const found = await look();
    const problems = found.flatMap(({ sweep, problem }) =>
      problem === undefined ? [] : [`${sweep.name}: ${problem}`],
    );
    if (found.length > 0 && problems.length === found.length) {
      const allowed = `code that a sweep in this queue asks for: ${problems.join("; ")}`;
      throw new ConfigError({ field: "worker", given: describe(code), allowed });
    }
  } catch (error) {
    await close();
    throw error;
  }
  const worker = new QueueWorker({ ...rest, store, files: depot, code, imports, scratch });
  return { shown: store.address.shown, worker, look: (end) => patiently({ ...request.patience, end }, look), close };
}

function problemOf(sweep: ListedSweep, code: RunCode, files: string): string | undefined {
  const difference = codeDifference(code, sweep.code);
  if (difference !== undefined) return difference;
  return sweep.files === files ? undefined : `its files are in ${sweep.files}, and this worker's in ${files}: --files`;
}

function describe({ ascent, modules, numerics }: RunCode): string {
  const own = modules.map(({ module, sha256 }) => `${module} ${sha256.slice(0, 12)}`);
  return [`Ascent ${ascent}`, ...own, ...(numerics === undefined ? [] : [`numerics ${numerics}`])].join(", ");
}
