/** Published figures for the same algorithm, settings and environment, and our own targets. */

export const ENVS = [
  "CartPole-v1",
  "Acrobot-v1",
  "MountainCar-v0",
  "MountainCarContinuous-v0",
  "Pendulum-v1",
  "LunarLander-v3",
  "LunarLanderContinuous-v3",
  "InvertedPendulum-v5",
  "InvertedDoublePendulum-v5",
  "Swimmer-v5",
  "Hopper-v5",
  "HalfCheetah-v5",
  "Walker2d-v5",
];

/** The targets of PPO, with RL Zoo's settings and with our own. */
const ASKED = {
  "CartPole-v1": 500,
  "Acrobot-v1": -82,
  "MountainCar-v0": -110,
  "MountainCarContinuous-v0": 90,
  "Pendulum-v1": -172,
  "LunarLander-v3": 242,
  "LunarLanderContinuous-v3": 270,
  "InvertedPendulum-v5": 1000,
  "InvertedDoublePendulum-v5": 9100,
  "Swimmer-v5": 280,
  "Hopper-v5": 2400,
  "HalfCheetah-v5": 3000,
  "Walker2d-v5": 2300,
};

/** The target of PPO with CleanRL's settings, where there is one. */
const ASKED_OF_CLEANRL = { "HalfCheetah-v5": 1900 };

/**
 * [mean, deviation over episodes, steps] of one run each: rl-baselines3-zoo's benchmark.md at 22e3ff2, with LunarLander-v2, and
 * with Swimmer and HalfCheetah in version 3: version 5 changed neither, but it changed the rewards or the models of the other robots.
 */
const ZOO = {
  a2c: {
    "CartPole-v1": [500, 0, 500_000],
    "Acrobot-v1": [-83.35, 17.21, 500_000],
    "MountainCar-v0": [-111.26, 24.09, 1_000_000],
    "MountainCarContinuous-v0": [91.17, 0.26, 100_000],
    "Pendulum-v1": [-162.97, 103.21, 1_000_000],
    "LunarLander-v3": [155.75, 80.42, 200_000],
    "LunarLanderContinuous-v3": [84.23, 145.91, 5_000_000],
    "Swimmer-v5": [201, 3, 1_000_000],
    "HalfCheetah-v5": [3041, 157, 1_000_000],
  },
  ppo: {
    "CartPole-v1": [500, 0, 100_000],
    "Acrobot-v1": [-73.51, 18.2, 1_000_000],
    "MountainCar-v0": [-110.42, 19.47, 1_000_000],
    "MountainCarContinuous-v0": [88.34, 2.57, 20_000],
    "Pendulum-v1": [-172.23, 104.16, 100_000],
    "LunarLander-v3": [242.12, 31.82, 1_000_000],
    "LunarLanderContinuous-v3": [270.86, 32.07, 1_000_000],
    "Swimmer-v5": [282, 10, 1_000_000],
    "HalfCheetah-v5": [5819, 664, 1_000_000],
  },
};

/** [mean, deviation over three runs, steps] of the last training returns, from CleanRL's docs/benchmark/ppo.md at fe8d8a0. */
const CLEANRL = {
  ppo: {
    "CartPole-v1": [490.04, 6.12, 500_000],
    "Acrobot-v1": [-86.36, 1.32, 500_000],
    "MountainCar-v0": [-200, 0, 500_000],
  },
};

/** `{ mean, deviation, steps }`, or undefined if nothing is published. */
export function published(algorithm, preset, env) {
  const found = { zoo: ZOO, cleanrl: CLEANRL }[preset]?.[algorithm]?.[env];
  return found && { mean: found[0], deviation: found[1], steps: found[2] };
}

/** The target of a score: our own for PPO, otherwise the published figure. */
export function markFor(algorithm, preset, env) {
  if (algorithm === "ppo" && preset !== "cleanrl") return ASKED[env];
  const own = algorithm === "ppo" ? ASKED_OF_CLEANRL[env] : undefined;
  return own ?? published(algorithm, preset, env)?.mean;
}

/** The return at which the normalised score of any algorithm is 1. */
export const goal = (env) => ASKED[env];
