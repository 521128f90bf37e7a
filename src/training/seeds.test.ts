import { expect, it } from "vitest";
import type { Env } from "../envs/env.js";
import { make } from "../envs/registry.js";
import { train } from "./train.js";

it("neighbouring seeds give no two copies of any environment the same first observation", () => {
  const firsts: string[] = [];
  const watched = (): Env<Float32Array, number> => {
    const env = make("CartPole-v1");
    let begun = false;
    return {
      observationSpace: env.observationSpace,
      actionSpace: env.actionSpace,
      step: (action) => env.step(action),
      reset(options) {
        const result = env.reset(options);
        if (!begun) firsts.push(result.observation.join());
        begun = true;
        return result;
      },
    };
  };
  for (const seed of [0, 1, 2])
    expect([...train({ algorithm: "a2c", env: watched, seed, steps: 20, options: { envs: 4 } })]).toHaveLength(1);
  expect(new Set(firsts).size).toBe(12);
});
