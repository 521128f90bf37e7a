/** Twenty runs that learn: every algorithm and every kind of environment, with settings that the presets recommend. */

const run = (algorithm, env, rest = {}) => ({ algorithm, env, ...rest });

const runs = [
  run("reinforce", "CartPole-v1"),
  run("reinforce", "GridWorld-v0", { episodes: 400 }),
  run("reinforce", "TwoStep-v0", { episodes: 2000 }),
  run("reinforce", "FrozenLake-v1", { episodes: 2000, envOptions: { isSlippery: false } }),
  run("vpg", "CartPole-v1", { steps: 100_000 }),
  run("vpg", "GridWorld-v0", { steps: 40_000 }),
  run("actor-critic", "CartPole-v1", { steps: 100_000 }),
  run("actor-critic", "GridWorld-v0", { steps: 40_000 }),
  run("a2c", "CartPole-v1"),
  run("a2c", "Acrobot-v1", { steps: 200_000 }),
  run("a2c", "GridWorld-v0", { steps: 40_000 }),
  run("ppo", "CartPole-v1"),
  run("ppo", "CartPole-v1", { preset: "zoo" }),
  run("ppo", "Acrobot-v1"),
  run("ppo", "MountainCar-v0", { steps: 150_000 }),
  run("ppo", "MountainCarContinuous-v0"),
  run("ppo", "Pendulum-v1"),
  run("ppo", "LunarLander-v3", { steps: 200_000 }),
  run("ppo", "GridWorld-v0", { steps: 40_000 }),
  run("ppo", "Bandit-v0", { steps: 20_000 }),
];

/** The runs with a seed. */
export const healthyRuns = (seed) => runs.map((config) => ({ ...config, seed }));
