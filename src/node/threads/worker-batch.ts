/** A batch whose first copies are in this thread and the others in workers, behind the interface of any batch. */

import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { type BatchedEnv, checkActions, checkSeeds } from "../../envs/batched/batched-env.js";
import { joinSnapshots, type Shard, splitSnapshot } from "../../envs/batched/shards.js";
import type { Json } from "../../envs/env.js";
import { EnvironmentError } from "../../rollout/guard.js";
import { type PlainError, revivedError } from "./plain-error.js";
import { publisher } from "./publish.js";
import { Order, type Sizes, sharedArrays, type Turns } from "./shared-memory.js";
import type { Request } from "./worker.js";

/** A worker, as this thread sees it. */
export interface Link {
  readonly turns: Turns;
  readonly shard: Shard;
  readonly port: MessagePort;
  /** Receives the reason when the worker's thread ends. */
  readonly exitReason: MessagePort;
}

/** What a batch over threads is made of: the shard of this thread first, then one a link. */
export interface Parts {
  readonly own: BatchedEnv;
  readonly shards: readonly Shard[];
  readonly links: readonly Link[];
  readonly memory: SharedArrayBuffer;
  readonly sizes: Sizes;
  isClosed(): boolean;
}

/** Waits until every worker has made its copies. @throws what making them threw */
export function workerBatch({ own, shards, links, memory, sizes, isClosed }: Parts): BatchedEnv {
  const { n, observationSize, actionSize, maskSize } = sizes;
  const shared = sharedArrays(memory, sizes);
  const publish = publisher(own, shared, 0);
  const ownWhole = shared.wholeActions.subarray(0, own.n * actionSize);
  const ownReal = shared.realActions.subarray(0, own.n * actionSize);

  /**
   * A turn of everyone: the workers begin, this thread does its own share, then waits for them all, so that nobody is still
   * at work when the next turn comes. Of several errors that of the first copies is thrown, as without workers.
   */
  function everyone<T>(begin: (link: Link) => void, share: () => T): T {
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
    // Answers that nobody reads now would be taken for those of the next turn.
    for (const { port } of links) while (receiveMessageOnPort(port) !== undefined);
    throw failure.error;
  }
  const ask = (link: Link, request: Request): void => {
    link.port.postMessage(request);
    link.turns.give(Order.message);
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
    ...(maskSize > 0 && { actionMasks: shared.actionMasks }),
    reset(seeds) {
      checkSeeds(seeds, n);
      const some = ({ first, count }: Shard): (number | bigint)[] | undefined =>
        seeds && Array.from({ length: count }, (_, i) => seeds[first + i]);
      everyone(
        (link) => ask(link, { reset: some(link.shard) }),
        () => own.reset(some(shards[0])),
      );
      publish();
    },
    step(actions) {
      checkActions(actions, n, actionSize);
      const whole = actions instanceof Int32Array;
      (whole ? shared.wholeActions : shared.realActions).set(actions);
      let ended = everyone(
        ({ turns }) => turns.give(whole ? Order.stepWhole : Order.stepReal),
        () => own.step((whole ? ownWhole : ownReal) as Int32Array | Float32Array),
      );
      publish();
      for (const { turns } of links) ended += turns.answer.ended;
      return ended;
    },
  };
  const { snapshot, restore } = own;
  if (snapshot && restore) {
    batched.snapshot = () => {
      const mine = everyone(
        (link) => ask(link, { snapshot: true }),
        () => snapshot(),
      );
      const theirs = links.map(({ port }) => receiveMessageOnPort(port)?.message as Json);
      return joinSnapshots([mine, ...theirs], shards);
    };
    batched.restore = (state) => {
      const [mine, ...theirs] = splitSnapshot(state, n, shards);
      everyone(
        (link) => ask(link, { restore: theirs[links.indexOf(link)] }),
        () => restore(mine),
      );
      publish();
    };
  }
  everyone(
    ({ turns }) => turns.give(Order.message),
    () => undefined,
  );
  return batched;
}

/** Waits for a worker, and returns what it threw, or why it has ended. */
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
