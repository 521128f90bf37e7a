import type { Episode } from "./answer.js";

/** An episode of three steps and one of a single step. */
export const someEpisodes: readonly Episode[] = [
  {
    observations: [Float32Array.of(0.5, -0.25), Float32Array.of(0.1, 0.4), Float32Array.of(-0.3, 0.2)],
    actions: [1, 0, 1],
    rewards: [1, 0, 2],
  },
  { observations: [Float32Array.of(0.2, 0.6)], actions: [0], rewards: [3] },
];
