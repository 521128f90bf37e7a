"""Gymnasium's LunarLander: `gymnasium_pilots.py pilots 1000` for returns and lengths, `… steps` for steps a second.

The pilot is Gymnasium's own heuristic; chance draws its actions from NumPy's generator of the episode's seed. For the speed, actions
are recorded first and then flown again, so that no pilot's time is in it; environments come without the checker that `make` wraps around them.
"""

import json
import os
import sys

import gymnasium as gym
import numpy as np
from gymnasium.envs.box2d.lunar_lander import heuristic

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "envs", "rivals"))
from stopwatch import report, seconds_per_call

IDS = ["LunarLander-v3", "LunarLanderContinuous-v3"]
REPLAYED = 20


def pilot_of(kind, env, seed):
    if kind == "pilot":
        return lambda observation: heuristic(env, observation)
    rng = np.random.default_rng(seed)
    if env.unwrapped.continuous:
        return lambda _: rng.uniform(-1, 1, 2).astype(np.float32)
    return lambda _: int(rng.integers(4))


def fly(env, seed, pilot):
    observation, _ = env.reset(seed=seed)
    total, actions, done = 0.0, [], False
    while not done:
        actions.append(pilot(observation))
        observation, reward, terminated, truncated, _ = env.step(actions[-1])
        total += float(reward)
        done = terminated or truncated
    return total, actions


def each():
    for id in IDS:
        env = gym.make(id, disable_env_checker=True)
        for kind in ("pilot", "chance"):
            yield f"{kind} {id}", env, kind


versions = {"gymnasium": gym.__version__, "numpy": np.__version__}
if sys.argv[1] == "pilots":
    flights = {}
    for name, env, kind in each():
        flown = [fly(env, seed, pilot_of(kind, env, seed)) for seed in range(int(sys.argv[2]))]
        flights[name] = {"returns": [total for total, _ in flown], "lengths": [len(actions) for _, actions in flown]}
    print(json.dumps({"name": "gymnasium", "versions": versions, "flights": flights}))
else:
    metrics = {}
    for name, env, kind in each():
        flown = [fly(env, seed, pilot_of(kind, env, seed))[1] for seed in range(REPLAYED)]

        def work():
            for seed, actions in enumerate(flown):
                env.reset(seed=seed)
                for action in actions:
                    env.step(action)

        metrics[name] = sum(map(len, flown)) / seconds_per_call(work)
    report("gymnasium", versions, metrics, {})
