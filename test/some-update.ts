import type { Update } from "../src/training/types.js";

/** The update of this number, of a run with two episodes an update. */
export function someUpdate(n: number, loss = 0.5): Update {
  const diagnostics = { loss, entropy: 0.25, gradientNorm: 1, learningRate: 0.001 };
  return {
    update: n,
    episodes: 2 * n,
    steps: 20 * n,
    returns: [n, 9],
    lengths: [n, 9],
    lastSteps: [n, 9],
    averageReturn: 9,
    info: {},
    diagnostics,
  };
}
