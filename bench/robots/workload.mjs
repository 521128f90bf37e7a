/** What both sides of bench/robots do. The actions are drawn from the generator that NumPy makes from the seed of the episode. */
export const IDS = [
  "InvertedPendulum-v5",
  "InvertedDoublePendulum-v5",
  "Reacher-v5",
  "Swimmer-v5",
  "Hopper-v5",
  "HalfCheetah-v5",
  "Walker2d-v5",
  "Ant-v5",
];

/** Steps that are timed. */
export const STEPS = 1000;
