/** The environments that every contestant of bench/envs steps, with random actions sampled in advance. */
export const ENVS = ["CartPole-v1", "Acrobot-v1", "MountainCar-v0", "MountainCarContinuous-v0", "Pendulum-v1"];

/** Copies in a batch, on one core. */
export const BATCHES = [64, 1024];
