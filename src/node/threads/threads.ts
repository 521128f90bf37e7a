/** Environments in several threads. The bits are the same as in one thread, and expensive steps take less time. */

import { existsSync } from "node:fs";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { BatchedEnv } from "../../envs/batched/batched-env.js";
import { type Shard, shardsOf } from "../../envs/batched/shards.js";
import { ConfigError } from "../../errors.js";
import { checkValue, requireKnown } from "../../options.js";
import { environments } from "../../rollout/built-in-environments.js";
import { type MakeEnvironments, promptShard } from "../../rollout/environments.js";
import { EnvironmentError } from "../../rollout/guard.js";
import { needRobots, robotsModule } from "../modules/robots-module.js";
import { loadingFlags } from "./node-flags.js";
import { bytesOf, type Sizes, WorkerTurns } from "./shared-memory.js";
import type { SupervisorTask } from "./supervisor.js";
import { threadOptions } from "./thread-options.js";
import type { WorkerTask } from "./worker.js";
import { BOOT_MS, workerBatch } from "./worker-batch.js";

const USUAL_TIMEOUT = threadOptions.stepTimeout.default;

/** The options of `threads`. */
export interface ThreadOptions {
  /**
   * Modules that each worker imports first, as absolute paths or `file:` addresses. List those that register your own
   * environments, because a new thread starts without them.
   */
  readonly modules?: readonly (string | URL)[];
  /**
   * Seconds that one call of an environment in a worker may take; 0 for any time. Default 60. Each `reset`, `step`,
   * `actionMask`, `snapshot` and `restore` of each copy is timed for itself, from its beginning. Learning isn't timed, nor are
   * the copies that the calling thread steps, which nothing can interrupt.
   */
  readonly stepTimeout?: number | undefined;
}

/** Makes environments for `train` and `resume`, until `close` ends its threads. */
export interface Threads extends MakeEnvironments {
  /** Ends the threads and their environments. Without it, the threads do not keep the process alive. */
  close(): Promise<void>;
}

/**
 * Steps environments in `workers` threads, including the calling one: `train(config, { environments: threads(2) })`.
 *
 * The copies are divided into shards. Each copy has its own random numbers, so results and checkpoints have the same bits
 * for any number of workers, and a run may be resumed with another number. An error of an environment keeps its message. A
 * worker that dies, or an environment that does not return within `stepTimeout`, ends the run with an `EnvironmentError`.
 *
 * @throws ConfigError if `workers` or `stepTimeout` is out of range, or an option is unknown
 */
export function threads(workers: number, options: ThreadOptions = {}): Threads {
  requireKnown(options, ["modules", "stepTimeout"]);
  const { modules = [], stepTimeout = USUAL_TIMEOUT } = options;
  checkValue("workers", threadOptions.workers, workers);
  if (!Array.isArray(modules)) {
    const allowed = "a list of paths or file: addresses";
    throw new ConfigError({ field: "modules", given: modules, allowed });
  }
  checkValue("stepTimeout", threadOptions.stepTimeout, stepTimeout);
  const patience = stepTimeout === 0 ? Number.POSITIVE_INFINITY : 1000 * stepTimeout;
  const open: (() => Promise<void>)[] = [];
  const modulesFor = (id: string): string[] => {
    const given = modules.map(String);
    return needRobots([id]) ? [robotsModule.path, ...given] : given;
  };
  const made: MakeEnvironments = (env, n, options) => {
    const shards = shardsOf(n, workers);
    if (shards.length < 2) return environments(env, n, options);
    if (typeof env !== "string") {
      const allowed =
        "the id of a registered environment where there are several workers: a function can't go to another thread";
      throw new ConfigError({ field: "env", given: "a function", allowed });
    }
    const { batched, close } = start(env, shards, n, options, { modules: modulesFor(env), patience });
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
  { modules, patience }: { readonly modules: readonly string[]; readonly patience: number },
): { batched: BatchedEnv; close: () => Promise<void> } {
  const own = promptShard(id, shards[0], n, options);
  const { observationSize, actionSize, actionMasks } = own;
  const sizes: Sizes = { n, observationSize, actionSize, maskSize: (actionMasks?.length ?? 0) / own.n };
  const memory = new SharedArrayBuffer(bytesOf(sizes));
  const words = new SharedArrayBuffer(WorkerTurns.bytes(shards.length));
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
  // The main thread waits for an answer, and a program that can't start would never answer.
  if (!existsSync(program))
    throw new ConfigError({
      field: "workers",
      given: shards.length,
      allowed: `1 here: threads need ${program.href}, which a bundle does not have`,
    });
  const life = new WorkerTurns(words, 0);
  life.start(0);
  const supervisor = new Worker(program, {
    workerData,
    ...threadFlags(process.execArgv),
    transferList: [...tasks.map(({ port }) => port), ...workerData.exitReasons],
  });
  supervisor.unref();
  if (life.await(BOOT_MS) !== "answered") {
    void supervisor.terminate();
    throw new EnvironmentError(`no thread could be started within ${BOOT_MS / 1000} seconds`);
  }
  const mine = (channels: readonly MessageChannel[]): MessagePort[] => channels.map(({ port1 }) => port1);
  const links = tasks.map(({ index, shard: part }, k) => ({
    index,
    turns: new WorkerTurns(words, index),
    shard: part,
    port: mine(ports)[k],
    exitReason: mine(exitReasons)[k],
  }));
  let closed = false;
  const batched = workerBatch({ own, shards, links, memory, sizes, patience, isClosed: () => closed });
  const close = async (): Promise<void> => {
    closed = true;
    await supervisor.terminate();
    for (const port of [...mine(ports), ...mine(exitReasons)]) port.close();
  };
  return { batched, close };
}

/**
 * Node's flags for a thread. By default a thread inherits the flags of the process, and a list is not passed, because Node
 * rejects lists with flags of the whole process, such as `--max-old-space-size`. The exception is `--input-type`, which is
 * not allowed for a thread that runs a file: then the list has only the flags that load modules.
 */
function threadFlags(flags: readonly string[]): { execArgv?: string[] } {
  if (!flags.some((flag) => /^--input-type(=|$)/.test(flag))) return {};
  return { execArgv: loadingFlags(flags) };
}
