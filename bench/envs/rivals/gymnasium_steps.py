"""Gymnasium through `step`, as `gym.make` gives it, and without the checker that it wraps around environments."""

import gymnasium as gym
import numpy as np
from stopwatch import ENVS, report, seconds_per_call

ROUND = 1024


def rate(id, **options):
    env = gym.make(id, **options)
    env.action_space.seed(0)
    actions = [env.action_space.sample() for _ in range(ROUND)]
    steps, ends = 0, 0
    env.reset(seed=0)

    def work():
        nonlocal steps, ends
        for action in actions:
            _, _, terminated, truncated, _ = env.step(action)
            if terminated or truncated:
                ends += 1
                env.reset()
        steps += ROUND

    seconds = seconds_per_call(work)
    return ROUND / seconds, steps / max(ends, 1)


metrics, check = {}, {}
for id in ENVS:
    metrics[id], length = rate(id)
    metrics[f"{id} unchecked"], _ = rate(id, disable_env_checker=True)
    if id == "CartPole-v1":
        check["cartPoleLength"] = length
report("gymnasium", {"gymnasium": gym.__version__, "numpy": np.__version__}, metrics, check)
