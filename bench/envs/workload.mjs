/** What every contestant of bench/envs steps through, with random actions drawn beforehand. */
export const ENVS = ["CartPole-v1", "Acrobot-v1", "MountainCar-v0", "MountainCarContinuous-v0", "Pendulum-v1"];

/** Copies in a batch, on one core. */
export const BATCHES = [64, 1024];
