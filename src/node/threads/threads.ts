/** Environments in several threads: the same bits as in one, in less time where a step is expensive. */

import { existsSync } from "node:fs";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { BatchedEnv } from "../../envs/batched/batched-env.js";
import { type Shard, shardsOf } from "../../envs/batched/shards.js";
import { ConfigError } from "../../errors.js";
import { environments, type MakeEnvironments, promptShard } from "../../rollout/environments.js";
import { EnvironmentError } from "../../rollout/guard.js";
import { bytesOf, type Sizes, Turns } from "./shared-memory.js";
import type { SupervisorTask } from "./supervisor.js";
import type { WorkerTask } from "./worker.js";
import { workerBatch } from "./worker-batch.js";

/** What `threads` takes besides the number of workers. */
export interface ThreadOptions {
  /**
   * Modules that each worker imports first, as absolute paths or `file:` addresses: those that `register` environments of
   * your own, which a new thread knows nothing of.
   */
  readonly modules?: readonly (string | URL)[];
}

/** A way to make environments for `train` and `resume`, until `close` ends the threads that it made. */
export interface Threads extends MakeEnvironments {
  /** Ends the threads, and with them the environments. A program that forgets it still ends when it has nothing else to do. */
  close(): Promise<void>;
}

export const MOST_WORKERS = 256;
/** Far longer than a thread takes to start, on any machine that can be worked with. */
const BOOT_MS = 60_000;

/**
 * Steps environments in `workers` threads, the calling one among them: `train(config, { environments: threads(2) })`. The
 * copies are dealt out in shards; as each has random numbers of its own, results and checkpoints are the same to the bit
 * for any number of workers, and a run may go on with another. What an environment throws arrives with its message; a
 * worker that dies ends the run with an EnvironmentError.
 * @throws ConfigError
 */
export function threads(workers: number, { modules = [] }: ThreadOptions = {}): Threads {
  if (!Number.isSafeInteger(workers) || workers < 1 || workers > MOST_WORKERS)
    throw new ConfigError({ field: "workers", given: workers, allowed: `a whole number from 1 to ${MOST_WORKERS}` });
  const open: (() => Promise<void>)[] = [];
  const made: MakeEnvironments = (env, n, options) => {
    const shards = shardsOf(n, workers);
    if (shards.length < 2) return environments(env, n, options);
    if (typeof env !== "string") {
      const allowed =
        "the id of a registered environment where there are several workers: a function can't go to another thread";
      throw new ConfigError({ field: "env", given: "a function", allowed });
    }
    const { batched, close } = start(env, shards, n, options, modules.map(String));
    open.push(close);
    return batched;
  };
  return Object.assign(made, {
    close: async () => {
      await Promise.all(open.splice(0).map((close) => close()));
    },
  });
}

function start(
  id: string,
  shards: readonly Shard[],
  n: number,
  options: Readonly<Record<string, unknown>>,
  modules: readonly string[],
): { batched: BatchedEnv; close: () => Promise<void> } {
  const own = promptShard(id, shards[0], n, options);
  const { observationSize, actionSize, actionMasks } = own;
  const sizes: Sizes = { n, observationSize, actionSize, maskSize: (actionMasks?.length ?? 0) / own.n };
  const memory = new SharedArrayBuffer(bytesOf(sizes));
  const words = new SharedArrayBuffer(Turns.bytes(shards.length));
  const ports: MessageChannel[] = [];
  const exitReasons: MessageChannel[] = [];
  const tasks = shards.slice(1).map((part, k): WorkerTask => {
    ports.push(new MessageChannel());
    exitReasons.push(new MessageChannel());
    const { port2 } = ports[k];
    return { index: k + 1, id, options, shard: part, port: port2, sizes, modules, words, memory };
  });
  const workerData: SupervisorTask = { words, tasks, exitReasons: exitReasons.map(({ port2 }) => port2) };
  const program = new URL("./supervisor.js", import.meta.url);
  // This thread is going to wait for an answer: a program that can't start would never give one.
  if (!existsSync(program))
    throw new ConfigError({
      field: "workers",
      given: shards.length,
      allowed: `1 here: threads need ${program.href}, which a bundle does not have`,
    });
  const life = new Turns(words, 0);
  life.give(0);
  const supervisor = new Worker(program, {
    workerData,
    ...threadFlags(process.execArgv),
    transferList: [...tasks.map(({ port }) => port), ...workerData.exitReasons],
  });
  supervisor.unref();
  if (!life.await(BOOT_MS)) {
    void supervisor.terminate();
    throw new EnvironmentError(`no thread could be started within ${BOOT_MS / 1000} seconds`);
  }
  const mine = (channels: readonly MessageChannel[]): MessagePort[] => channels.map(({ port1 }) => port1);
  const links = tasks.map(({ index, shard: part }, k) => ({
    turns: new Turns(words, index),
    shard: part,
    port: mine(ports)[k],
    exitReason: mine(exitReasons)[k],
  }));
  let closed = false;
  const batched = workerBatch({ own, shards, links, memory, sizes, isClosed: () => closed });
  const close = async (): Promise<void> => {
    closed = true;
    await supervisor.terminate();
    for (const port of [...mine(ports), ...mine(exitReasons)]) port.close();
  };
  return { batched, close };
}

/**
 * Node's flags for a thread. It inherits ours unless told otherwise, and must not be told: a list with flags of the whole
 * process, such as `--max-old-space-size`, is refused. Only with `--input-type`, which no thread that runs a file may
 * have, does it get a list: what there is of flags that load modules.
 */
function threadFlags(flags: readonly string[]): { execArgv?: string[] } {
  if (!flags.some((flag) => /^--input-type(=|$)/.test(flag))) return {};
  const loads = /^(-r|-C|--(require|import|loader|experimental-loader|conditions))(=|$)/;
  const takesNext = (flag: string | undefined): boolean =>
    flag !== undefined && loads.test(flag) && !flag.includes("=");
  return { execArgv: flags.filter((flag, i) => loads.test(flag) || takesNext(flags[i - 1])) };
}
