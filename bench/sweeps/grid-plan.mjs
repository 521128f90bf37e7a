// Plans of sweeps: the lecture's grid, and a small one.
import { trainNamed } from "../../dist/training/train.js";

/** A plan in which every combination of the options is trained with every seed. */
export function gridPlan({ algorithm = "reinforce", env = "CartPole-v1", grid, seeds, ...rest }) {
  const varied = Object.keys(grid);
  const combinations = varied.reduce(
    (sofar, name) => sofar.flatMap((settings) => grid[name].map((value) => ({ ...settings, [name]: value }))),
    [{}],
  );
  const cells = combinations.map((settings) => {
    const { options, ...given } = rest;
    const { seed, ...config } = trainNamed({ algorithm, env, ...given, options: { ...options, ...settings } }).config;
    return { settings, config };
  });
  return { varied, cells, seeds: Array.from({ length: seeds }, (_, i) => String(i)), until: null };
}

/** The grid of the lecture's exercise: which learning rates diverge, and which are only slow? */
export const LECTURE = { learningRate: [1e-4, 1e-3, 1e-2, 1e-1], gamma: [0.9, 0.95, 0.99] };
