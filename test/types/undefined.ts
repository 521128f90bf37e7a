/** Optional settings may be given as undefined, by those who compile with `exactOptionalPropertyTypes` too. */

import { evaluate, make, resume, train } from "ascent";
import { defineEnv, type Env, frameStack, register, scaleActions } from "ascent/envs";

export function given(bytes: Uint8Array, seed?: number, deterministic?: boolean): void {
  const run = train({
    seed,
    algorithm: undefined,
    env: undefined,
    preset: undefined,
    episodes: undefined,
    steps: undefined,
    stopWhenSolved: undefined,
    from: undefined,
    options: { gamma: undefined },
    envOptions: { maxEpisodeSteps: undefined },
  });
  make("Pendulum-v1", { g: undefined }).reset({ seed, options: undefined });
  evaluate(run.policy, make("CartPole-v1"), { seed, deterministic, episodes: undefined, maxSteps: undefined });
  run.policy.act(new Float32Array(4), { deterministic, rng: undefined, mask: undefined });
  resume(bytes, { env: undefined, algorithm: undefined, environments: undefined });
  scaleActions(make("Inventory-v0"), { low: undefined, high: undefined });
  const wrapped: Env<Float32Array, number> = { ...make("CartPole-v1"), ...frameStack(make("CartPole-v1"), 2) };
  register(defineEnv({ id: "Wrapped-v0", create: () => wrapped, rewardThreshold: seed, summary: undefined }));
}
