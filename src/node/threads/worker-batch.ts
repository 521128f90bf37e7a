/** A batch with its first copies in this thread and the others in workers. */

import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { type BatchedEnv, checkActions, checkSeeds } from "../../envs/batched/batched-env.js";
import { type InfoNumbers, NO_NUMBERS } from "../../envs/batched/info-numbers.js";
import { joinSnapshots, type Shard, splitSnapshot } from "../../envs/batched/shards.js";
import type { Json } from "../../envs/env.js";
import { EnvironmentError } from "../../rollout/guard.js";
import { type PlainError, revivedError } from "./plain-error.js";
import { publisher } from "./publish.js";
import { Order, type Outcome, type Sizes, sharedArrays, type WorkerTurns } from "./shared-memory.js";
import type { EndedInfo, Request } from "./worker.js";

/** Far longer than a thread takes to start, even on a slow machine. */
export const BOOT_MS = 60_000;

/** The main thread's end of a worker. */
export interface Link {
  /** The number of the worker, from 1: the main thread steps the first copies. */
  readonly index: number;
  readonly turns: WorkerTurns;
  readonly shard: Shard;
  readonly port: MessagePort;
  /** Receives the reason of the worker's exit. */
  readonly exitReason: MessagePort;
}

/** The parts of such a batch. The first shard belongs to this thread, the others to the links. */
export interface Parts {
  readonly own: BatchedEnv;
  readonly shards: readonly Shard[];
  readonly links: readonly Link[];
  readonly memory: SharedArrayBuffer;
  readonly sizes: Sizes;
  /** Milliseconds that a call of an environment may take. */
  readonly patience: number;
  isClosed(): boolean;
}

/** Waits until every worker has made its copies. @throws the error of making them, if any */
export function workerBatch({ own, shards, links, memory, sizes, patience, isClosed }: Parts): BatchedEnv {
  const { n, observationSize, actionSize, maskSize } = sizes;
  const shared = sharedArrays(memory, sizes);
  const publish = publisher(own, shared, 0);
  const ownWhole = shared.wholeActions.subarray(0, own.n * actionSize);
  const ownReal = shared.realActions.subarray(0, own.n * actionSize);

  /** The error of a worker that hangs. It takes no more turns. */
  let stuck: EnvironmentError | undefined;

  /**
   * One turn of all threads: the workers begin, this thread does its own share, and then waits for all of them, so that none
   * is still busy in the next turn. Of several errors, that of the first copy is thrown, as without workers.
   */
  function takeTurn<T>(begin: (link: Link) => void, share: () => T, allowed = patience): T {
    if (isClosed()) throw new EnvironmentError("these environments were closed with their threads");
    if (stuck !== undefined) throw stuck;
    links.forEach(begin);
    let result: { readonly value: T } | undefined;
    let failure: { readonly error: unknown } | undefined;
    try {
      result = { value: share() };
    } catch (error) {
      failure = { error };
    }
    for (const link of links) {
      const outcome = link.turns.await(allowed);
      if (outcome === "silent") {
        stuck = silence(link, allowed);
        failure ??= { error: stuck };
        break;
      }
      const error = errorOf(link, outcome);
      if (error !== undefined) failure ??= { error };
    }
    if (failure === undefined) return (result as { readonly value: T }).value;
    // Remove unread answers: the next turn would take them for its own.
    for (const { port } of links) while (receiveMessageOnPort(port) !== undefined);
    throw failure.error;
  }
  const ask = (link: Link, request: Request): void => {
    link.port.postMessage(request);
    link.turns.start(Order.message);
  };

  const finalInfos = own.finalInfos && new Array<InfoNumbers>(n).fill(NO_NUMBERS);
  /** Takes over the numbers of the episodes that ended: from this thread's copies, and from the workers' messages. */
  const inform = (): void => {
    own.finalInfos?.forEach((info, i) => {
      if (finalInfos !== undefined) finalInfos[i] = info;
    });
    finalInfos?.fill(NO_NUMBERS, own.n);
    for (const { turns, port, shard } of links) {
      if (!turns.answer.informed) continue;
      const infos = receiveMessageOnPort(port)?.message as readonly EndedInfo[];
      for (const [i, info] of infos) if (finalInfos !== undefined) finalInfos[shard.first + i] = info;
    }
  };

  const { observations, finalObservations, rewards, terminated, truncated } = shared;
  const batched: BatchedEnv = {
    n,
    observationSpace: own.observationSpace,
    actionSpace: own.actionSpace,
    observationSize,
    actionSize,
    observations,
    finalObservations,
    rewards,
    terminated,
    truncated,
    ...(finalInfos && { finalInfos }),
    ...(maskSize > 0 && { actionMasks: shared.actionMasks }),
    reset(seeds) {
      checkSeeds(seeds, n);
      const some = ({ first, count }: Shard): (number | bigint)[] | undefined =>
        seeds && Array.from({ length: count }, (_, i) => seeds[first + i]);
      takeTurn(
        (link) => ask(link, { reset: some(link.shard) }),
        () => own.reset(some(shards[0])),
      );
      publish();
    },
    step(actions) {
      checkActions(actions, n, actionSize);
      const whole = actions instanceof Int32Array;
      (whole ? shared.wholeActions : shared.realActions).set(actions);
      let ended = takeTurn(
        ({ turns }) => turns.start(whole ? Order.stepWhole : Order.stepReal),
        () => own.step((whole ? ownWhole : ownReal) as Int32Array | Float32Array),
      );
      publish();
      for (const { turns } of links) ended += turns.answer.ended;
      if (ended > 0) inform();
      return ended;
    },
  };
  const { snapshot, restore } = own;
  if (snapshot && restore) {
    batched.snapshot = () => {
      const mine = takeTurn(
        (link) => ask(link, { snapshot: true }),
        () => snapshot(),
      );
      const theirs = links.map(({ port }) => receiveMessageOnPort(port)?.message as Json);
      return joinSnapshots([mine, ...theirs], shards);
    };
    batched.restore = (state) => {
      const [mine, ...theirs] = splitSnapshot(state, n, shards);
      takeTurn(
        (link) => ask(link, { restore: theirs[links.indexOf(link)] }),
        () => restore(mine),
      );
      publish();
    };
  }
  takeTurn(
    ({ turns }) => turns.start(Order.message),
    () => undefined,
    Math.max(patience, BOOT_MS),
  );
  return batched;
}

/** The error of a worker after its turn, or the reason of its exit, if any. */
function errorOf({ turns, port, exitReason, shard }: Link, outcome: Outcome): Error | undefined {
  if (outcome === "ended") {
    const reason = receiveMessageOnPort(exitReason)?.message as PlainError | undefined;
    return new EnvironmentError(
      `the worker of ${copiesOf(shard)} died: ${reason?.message ?? "before this step"}. The last checkpoint is still good`,
    );
  }
  return turns.answer.failed ? revivedError(receiveMessageOnPort(port)?.message as PlainError) : undefined;
}

/** The error of a worker that neither answered nor began another call. */
function silence({ turns, index, shard }: Link, milliseconds: number): EnvironmentError {
  const { lastCall } = turns;
  const what = lastCall === undefined ? `worker ${index}` : `${lastCall.call} of environment ${lastCall.copy}`;
  const where = lastCall === undefined ? `, which has ${copiesOf(shard)},` : `, in worker ${index},`;
  return new EnvironmentError(
    `${what}${where} did not return within ${milliseconds / 1000} s, the step time-out. The last checkpoint is still good`,
  );
}

function copiesOf({ first, count }: Shard): string {
  return count === 1 ? `environment ${first}` : `environments ${first} to ${first + count - 1}`;
}
