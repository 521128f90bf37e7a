/** A batch with its first copies in this thread and the others in workers. */

import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { type BatchedEnv, checkActions, checkSeeds } from "../../envs/batched/batched-env.js";
import { type InfoNumbers, NO_NUMBERS } from "../../envs/batched/info-numbers.js";
import { joinSnapshots, type Shard, splitSnapshot } from "../../envs/batched/shards.js";
import type { Json } from "../../envs/env.js";
import { EnvironmentError } from "../../rollout/guard.js";
import { type PlainError, revivedError } from "./plain-error.js";
import { publisher } from "./publish.js";
import { Order, type Sizes, sharedArrays, type WorkerTurns } from "./shared-memory.js";
import type { EndedInfo, Request } from "./worker.js";

/** The main thread's end of a worker. */
export interface Link {
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
  isClosed(): boolean;
}

/** Waits until every worker has made its copies. @throws the error of making them, if any */
export function workerBatch({ own, shards, links, memory, sizes, isClosed }: Parts): BatchedEnv {
  const { n, observationSize, actionSize, maskSize } = sizes;
  const shared = sharedArrays(memory, sizes);
  const publish = publisher(own, shared, 0);
  const ownWhole = shared.wholeActions.subarray(0, own.n * actionSize);
  const ownReal = shared.realActions.subarray(0, own.n * actionSize);

  /**
   * One turn of all threads: the workers begin, this thread does its own share, and then waits for all of them, so that none
   * is still busy in the next turn. Of several errors, that of the first copy is thrown, as without workers.
   */
  function takeTurn<T>(begin: (link: Link) => void, share: () => T): T {
    if (isClosed()) throw new EnvironmentError("these environments were closed with their threads");
    links.forEach(begin);
    let result: { readonly value: T } | undefined;
    let failure: { readonly error: unknown } | undefined;
    try {
      result = { value: share() };
    } catch (error) {
      failure = { error };
    }
    for (const link of links) {
      const error = errorOf(link);
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
  );
  return batched;
}

/** Waits for a worker, and returns its error or the reason of its exit, if any. */
function errorOf({ turns, port, exitReason, shard }: Link): Error | undefined {
  if (!turns.await()) {
    const reason = receiveMessageOnPort(exitReason)?.message as PlainError | undefined;
    const who = `environments ${shard.first} to ${shard.first + shard.count - 1}`;
    return new EnvironmentError(
      `the worker of ${who} died: ${reason?.message ?? "before this step"}. The last checkpoint is still good`,
    );
  }
  return turns.answer.failed ? revivedError(receiveMessageOnPort(port)?.message as PlainError) : undefined;
}
