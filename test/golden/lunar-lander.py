"""Writes lunar-lander.json: what Python Gymnasium's LunarLander-v3 answers, which runs on Box2D 2.3 in float32.

    pip install gymnasium==1.4.0 box2d==2.3.10 && python test/golden/lunar-lander.py

Arrays are packed as in gymnasium.py. A case is one episode: reset with the seed, then the actions until its end. `heights` are the eleven heights
of the ground, in float64.
"""

import base64
import json
import os
import sys
import zlib

# The folder of this script holds a file of the same name as the package.
sys.path = [p for p in sys.path if os.path.abspath(p or ".") != os.path.dirname(os.path.abspath(__file__))]

import gymnasium as gym
import numpy as np
from gymnasium.envs.box2d.lunar_lander import heuristic

HERE = os.path.dirname(os.path.abspath(__file__))


def pack(values, dtype):
    return base64.b64encode(zlib.compress(np.asarray(values, dtype=dtype).tobytes(), 9)).decode()


def heights(env):
    polys = env.unwrapped.sky_polys
    return [poly[0][1] for poly in polys] + [polys[-1][1][1]]


def chance(env, observation, rng):
    if env.unwrapped.continuous:
        # A little beyond the bounds too: Gymnasium clips.
        return rng.uniform(-1.2, 1.2, 2).astype(np.float32)
    return int(rng.integers(4))


def pilot(env, observation, rng):
    action = heuristic(env, observation)
    return action.astype(np.float32) if env.unwrapped.continuous else int(action)


def case(seed, fly, options):
    kwargs = {
        "continuous": options.get("continuous", False),
        "gravity": options.get("gravity", -10.0),
        "enable_wind": options.get("enableWind", False),
        "wind_power": options.get("windPower", 15.0),
        "turbulence_power": options.get("turbulencePower", 1.5),
    }
    env = gym.make("LunarLander-v3", **kwargs)
    rng = np.random.default_rng(seed)
    observation, _ = env.reset(seed=seed)
    observations, actions, rewards = [observation], [], []
    done = False
    while not done:
        action = fly(env, observation, rng)
        observation, reward, terminated, truncated, _ = env.step(action)
        observations.append(observation)
        actions.append(action)
        rewards.append(float(reward))
        done = terminated or truncated
    return {
        "seed": seed,
        "options": options,
        "pilot": fly.__name__,
        "heights": pack(heights(env), "<f8"),
        "actions": pack(actions, "<f4" if kwargs["continuous"] else "<i2"),
        "observations": pack(observations, "<f4"),
        "rewards": pack(rewards, "<f8"),
    }


def starts(seeds):
    """Ground and first observation of the first two episodes."""
    env = gym.make("LunarLander-v3")
    grounds, observations = [], []
    for seed in seeds:
        for start in (seed, None):
            observations.append(env.reset(seed=start)[0])
            grounds.append(heights(env))
    return {"seeds": [str(s) for s in seeds], "heights": pack(grounds, "<f8"), "observations": pack(observations, "<f4")}


windy = {"enableWind": True}
CASES = [
    *[(seed, chance, {}) for seed in (0, 1, 2)],
    *[(seed, chance, {"continuous": True}) for seed in (0, 1, 2)],
    (3, chance, windy),
    (4, chance, {"enableWind": True, "windPower": 20.0, "turbulencePower": 2.0, "continuous": True}),
    (5, chance, {"gravity": -3.5}),
    *[(seed, pilot, {}) for seed in (0, 3)],
    *[(seed, pilot, {"continuous": True}) for seed in (0, 1)],
    (6, pilot, windy),
]

with open(os.path.join(HERE, "lunar-lander.json"), "w") as file:
    data = {"starts": starts([0, 1, 42, 2**32 - 1, 2**128 - 1]), "cases": [case(*one) for one in CASES]}
    json.dump(data, file, indent=1)
    file.write("\n")
