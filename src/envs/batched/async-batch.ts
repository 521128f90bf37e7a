import type { AnyAsyncEnv } from "../async-env.js";
import { ResetNeeded } from "../reset-needed.js";
import { type BatchedEnv, checkActions, checkSeeds } from "./batched-env.js";
import { copiesOf, madeCopies } from "./copies.js";

/** A batch whose `reset` and `step` take their time; its arrays hold the answers once the promise is fulfilled. */
export interface AsyncBatchedEnv extends Omit<BatchedEnv, "reset" | "step"> {
  readonly asynchronous: true;
  reset(seeds?: ArrayLike<number | bigint>): Promise<void>;
  step(actions: Int32Array | Float32Array): Promise<number>;
}

/**
 * `n` copies of an asynchronous environment. All are asked at the same time, each begins its next episode as soon as one is
 * over, and each has rows of its own, so it does not matter who answers first.
 */
export function asyncBatch(n: number, create: (i: number) => AnyAsyncEnv): AsyncBatchedEnv {
  const envs = madeCopies(n, create);
  const copies = copiesOf(envs);
  const { rows } = copies;
  return Object.assign(rows, {
    asynchronous: true as const,
    async reset(seeds?: ArrayLike<number | bigint>): Promise<void> {
      checkSeeds(seeds, n);
      const begun = await Promise.all(envs.map((env, i) => env.reset(seeds === undefined ? {} : { seed: seeds[i] })));
      begun.forEach(({ observation }, i) => void copies.begin(i, observation));
      copies.running = true;
    },
    async step(actions: Int32Array | Float32Array): Promise<number> {
      if (!copies.running) throw new ResetNeeded();
      checkActions(actions, n, rows.actionSize);
      let ended = 0;
      await Promise.all(
        envs.map(async (env, i) => {
          const result = await env.step(copies.actionOf(actions, i));
          if (!copies.put(i, result)) return;
          ended++;
          copies.begin(i, (await env.reset()).observation);
        }),
      );
      return ended;
    },
  });
}
