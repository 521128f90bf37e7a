/** The program of a worker thread: it holds some copies of an environment, and steps them when told to. */

import { type MessagePort, receiveMessageOnPort, workerData } from "node:worker_threads";
import type { BatchedEnv } from "../../envs/batched/batched-env.js";
import { onlySomeMasked } from "../../envs/batched/copies.js";
import { type InfoNumbers, NO_NUMBERS } from "../../envs/batched/info-numbers.js";
import type { Shard } from "../../envs/batched/shards.js";
import type { Json } from "../../envs/env.js";
import { listEnvs } from "../../envs/registry.js";
import { ConfigError, nearest } from "../../errors.js";
import { promptShard } from "../../rollout/environments.js";
import { importModule } from "../modules/import-module.js";
import { plainError } from "./plain-error.js";
import { publisher } from "./publish.js";
import { Order, type Sizes, sharedArrays, WorkerTurns } from "./shared-memory.js";

/** The data that a worker starts with. */
export interface WorkerTask {
  readonly index: number;
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly shard: Shard;
  readonly sizes: Sizes;
  readonly modules: readonly string[];
  readonly words: SharedArrayBuffer;
  readonly memory: SharedArrayBuffer;
  readonly port: MessagePort;
}

/** A request of the main thread in a message. */
export type Request =
  | { readonly reset: readonly (number | bigint)[] | undefined }
  | { readonly restore: Json }
  | { readonly snapshot: true };

/** The `info` of an episode that ended, in a message of the worker. */
export type EndedInfo = readonly [copy: number, info: InfoNumbers];

const task = workerData as WorkerTask;
const turns = new WorkerTurns(task.words, task.index);
turns.next();
let envs: BatchedEnv | undefined;
try {
  envs = await prepared();
  turns.done({ failed: false, ended: 0 });
} catch (error) {
  refuse(error);
}
if (envs !== undefined) serve(envs);

async function prepared(): Promise<BatchedEnv> {
  const { id, modules } = task;
  for (const module of modules) await importModule(module);
  const known = listEnvs().map((entry) => entry.id);
  if (!known.includes(id)) {
    const told = modules.length === 0 ? "that says none" : `that says ${modules.join(", ")}`;
    const allowed = `one that is registered in the worker's thread too, by a module named in the option modules (${told})`;
    throw new ConfigError({ field: "env", given: id, allowed, nearest: nearest(id, known) });
  }
  const batched = promptShard(id, task.shard, task.sizes.n, task.options, (call, copy) => turns.beat(call, copy));
  const masked = batched.actionMasks !== undefined;
  // The main thread has the first copies, and the shared memory has the sizes of theirs.
  if (masked && task.sizes.maskSize === 0) throw onlySomeMasked(task.shard.first, 0);
  if (!masked && task.sizes.maskSize > 0) throw onlySomeMasked(0, task.shard.first);
  return batched;
}

/** Handles requests until the supervisor ends this thread. */
function serve(batched: BatchedEnv): void {
  const { actionSize } = task.sizes;
  const shared = sharedArrays(task.memory, task.sizes);
  const publish = publisher(batched, shared, task.shard.first);
  const first = task.shard.first * actionSize;
  const end = first + task.shard.count * actionSize;
  const whole = shared.wholeActions.subarray(first, end);
  const real = shared.realActions.subarray(first, end);
  for (;;) {
    const order = turns.next();
    try {
      let ended = 0;
      if (order === Order.message) answer(batched);
      else ended = batched.step(order === Order.stepWhole ? whole : real);
      publish();
      const infos = ended === 0 ? [] : endedInfos(batched);
      if (infos.length > 0) task.port.postMessage(infos);
      turns.done({ failed: false, ended, informed: infos.length > 0 });
    } catch (error) {
      refuse(error);
    }
  }
}

/** The numbers of the episodes that just ended, with the place of the copy among those of this worker. */
function endedInfos({ n, terminated, truncated, finalInfos = [] }: BatchedEnv): EndedInfo[] {
  return Array.from({ length: n }, (_, i) => i).flatMap((i): EndedInfo[] => {
    const over = terminated[i] === 1 || truncated[i] === 1;
    const info = finalInfos[i] ?? NO_NUMBERS;
    return over && info !== NO_NUMBERS ? [[i, info]] : [];
  });
}

function answer(batched: BatchedEnv): void {
  const request = receiveMessageOnPort(task.port)?.message as Request;
  if ("reset" in request) batched.reset(request.reset);
  else if ("restore" in request) batched.restore?.(request.restore);
  else task.port.postMessage(batched.snapshot?.() ?? null);
}

function refuse(error: unknown): void {
  task.port.postMessage(plainError(error));
  turns.done({ failed: true, ended: 0 });
}
