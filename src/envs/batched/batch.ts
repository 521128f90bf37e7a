import type { AnyEnv } from "../env.js";
import { ResetNeeded } from "../reset-needed.js";
import { type BatchedEnv, checkActions, checkSeeds } from "./batched-env.js";
import { copiesOf, madeCopies } from "./copies.js";
import { OwnStates } from "./shared-state.js";

/** Makes a batch of `n` copies of any environment: `batch(8, () => make("Taxi-v4"))`. */
export function batch(n: number, create: (i: number) => AnyEnv): BatchedEnv {
  const envs = madeCopies(n, create);
  const copies = copiesOf(envs);
  const { rows } = copies;
  let hasStepped = n === 1;
  return Object.assign(rows, {
    reset(seeds?: ArrayLike<number | bigint>): void {
      checkSeeds(seeds, n);
      envs.forEach((env, i) => {
        copies.begin(i, env.reset(seeds === undefined ? {} : { seed: seeds[i] }).observation);
      });
      copies.running = true;
    },
    resetCopy(i: number, seed: number | bigint): void {
      copies.begin(i, envs[i].reset({ seed }).observation);
      copies.running = i === n - 1;
    },
    step(actions: Int32Array | Float32Array): number {
      if (!copies.running) throw new ResetNeeded();
      checkActions(actions, n, rows.actionSize);
      const own = hasStepped ? undefined : new OwnStates(envs);
      hasStepped = true;
      let ended = 0;
      for (let i = 0; i < n; i++) {
        own?.requireUntouched(i);
        if (!copies.put(i, envs[i].step(copies.actionOf(actions, i)))) continue;
        copies.begin(i, envs[i].reset().observation);
        ended++;
      }
      return ended;
    },
  });
}
