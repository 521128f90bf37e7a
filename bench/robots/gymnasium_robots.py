"""Gymnasium's robots: `gymnasium_robots.py returns 200 [ID …]` for returns and lengths, `… steps` for steps a second.

Actions are drawn as in ours.mjs. Environments come without the checker that `make` wraps around them.
"""

import json
import os
import sys

import gymnasium as gym
import mujoco
import numpy as np

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "envs", "rivals"))
from stopwatch import report, seconds_per_call

IDS = [
    "InvertedPendulum-v5",
    "InvertedDoublePendulum-v5",
    "Reacher-v5",
    "Swimmer-v5",
    "Hopper-v5",
    "HalfCheetah-v5",
    "Walker2d-v5",
    "Ant-v5",
]
STEPS = 1000


def action(space, rng):
    low, high = space.low.astype(np.float64), space.high.astype(np.float64)
    return (low + (high - low) * rng.uniform(0, 1, len(low))).astype(np.float32)


def played(id, episodes):
    env = gym.make(id, disable_env_checker=True)
    returns, lengths = [], []
    for seed in range(episodes):
        rng = np.random.default_rng(seed)
        env.reset(seed=seed)
        total, length, over = 0.0, 0, False
        while not over:
            _, reward, terminated, truncated, _ = env.step(action(env.action_space, rng))
            total += float(reward)
            length += 1
            over = terminated or truncated
        returns.append(total)
        lengths.append(length)
    return {"returns": returns, "lengths": lengths}


versions = {"gymnasium": gym.__version__, "mujoco": mujoco.__version__, "numpy": np.__version__}
if sys.argv[1] == "returns":
    flights = {id: played(id, int(sys.argv[2])) for id in sys.argv[3:] or IDS}
    print(json.dumps({"name": "gymnasium", "versions": versions, "flights": flights}))
else:
    metrics = {}
    for id in IDS:
        env = gym.make(id, disable_env_checker=True)
        rng = np.random.default_rng(0)
        actions = [action(env.action_space, rng) for _ in range(STEPS)]

        def walk():
            env.reset(seed=0)
            for one in actions:
                _, _, terminated, truncated, _ = env.step(one)
                if terminated or truncated:
                    env.reset()

        metrics[id] = STEPS / seconds_per_call(walk)
    report("gymnasium", versions, metrics, {})
