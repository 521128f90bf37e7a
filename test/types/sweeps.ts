/** What the compiler says about sweeps: nothing here is run. */

import { defineSweep, log, planSweep } from "ascent/sweeps";

export function grids(): void {
  planSweep(defineSweep({ grid: { learningRate: [1e-4, 1e-3], baseline: ["none", "value"], hidden: [[8], [8, 8]] } }));
  defineSweep({ algorithm: "ppo", env: "Pendulum-v1", preset: "zoo", grid: { clipRange: [0.1], "env.g": [9, 10] } });
  defineSweep({
    grid: { algorithm: ["a2c", "ppo"], env: ["CartPole-v1", "Pendulum-v1"], clipRange: [0.1], "env.g": [9] },
  });
  defineSweep({ grid: { steps: [1000], preset: ["lecture"] }, seeds: [1, 2n], until: 100 });
  // @ts-expect-error A setting is misspelt.
  defineSweep({ grid: { learningRat: [1] } });
  // @ts-expect-error `clipRange` is PPO's.
  defineSweep({ algorithm: "reinforce", grid: { clipRange: [0.1] } });
  // @ts-expect-error One of a few words.
  defineSweep({ grid: { baseline: ["vlaue"] } });
  // @ts-expect-error Lists of layers, not one list.
  defineSweep({ grid: { hidden: [8, 8] } });
  // @ts-expect-error No algorithm has this name.
  defineSweep({ grid: { algorithm: ["pp0"] } });
  // @ts-expect-error Pendulum has no such option.
  defineSweep({ env: "Pendulum-v1", grid: { "env.gravity": [9] } });
  // @ts-expect-error A list.
  defineSweep({ grid: { gamma: 0.9 } });
  // @ts-expect-error A field is misspelt.
  defineSweep({ gird: {} });
}

export function draws(): void {
  defineSweep({ draw: { learningRate: log(1e-5, 1e-1), baseline: ["none", "mean"] }, sample: 50, sampling: "random" });
  // @ts-expect-error Words are not drawn from a range.
  defineSweep({ draw: { baseline: log(1, 2) } });
  // @ts-expect-error Another kind of points.
  defineSweep({ sampling: "sobol" });
}

export function conditions(): void {
  defineSweep({
    algorithm: "ppo",
    grid: { policy: ["mlp", "gru"], memorySize: [16] },
    when: { memorySize: { policy: "gru" } },
  });
  // @ts-expect-error PPO has no such policy.
  defineSweep({ algorithm: "ppo", grid: { memorySize: [16] }, when: { memorySize: { policy: "lstm" } } });
}
