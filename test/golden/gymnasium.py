"""Writes gymnasium.json and spaces.json: what Python Gymnasium 1.4.0 answers, for the tests of spaces and environments.

    pip install gymnasium==1.4.0 numpy && python test/golden/gymnasium.py

Arrays are base64 of their zlib-compressed little-endian bytes, so that nothing is lost on the way. A case is one run:
reset with the seed, then the actions; after the end of an episode a reset without a seed. `ends` has a letter a step:
"." goes on, "T" terminated, "U" truncated, "B" both.
"""

import base64
import json
import math
import os
import sys
import zlib

# The folder of this script holds a file of the same name as the package.
sys.path = [p for p in sys.path if os.path.abspath(p or ".") != os.path.dirname(os.path.abspath(__file__))]

import gymnasium as gym
import numpy as np
from gymnasium import spaces
from gymnasium.envs.toy_text.frozen_lake import generate_random_map

HERE = os.path.dirname(os.path.abspath(__file__))


def pack(values, dtype):
    return base64.b64encode(zlib.compress(np.asarray(values, dtype=dtype).tobytes(), 9)).decode()


def balance(obs, rng):
    """Keeps the pole up: an episode of CartPole until its time limit."""
    return int(0.1 * obs[0] + 0.5 * obs[1] + 3 * obs[2] + obs[3] > 0)


def swing(obs, rng):
    """Pushes the car the way that it moves, which takes it to the flag."""
    return 2 if obs[1] >= 0 else 0


def swing_gently(obs, rng):
    return np.array([1.0 if obs[1] >= 0 else -1.0], dtype=np.float32)


def pump(obs, rng):
    """Torque along the second joint's speed: lifts the acrobot over its line."""
    return 2 if obs[5] < 0 else 0


def masked(obs, rng, info):
    return int(rng.choice(np.flatnonzero(info["action_mask"])))


def cautious(obs, rng):
    return int(obs[0] < 17)


def run(id, seed, steps, policy=None, kwargs=None, options=None, reset=None, attributes=None):
    env = gym.make(id, **(kwargs or {}))
    for name, value in (attributes or {}).items():
        setattr(env.unwrapped, name, value)
    rng = np.random.default_rng(1000 + seed % 1000)
    space = env.action_space
    masks = "action_mask" in env.reset(seed=seed)[1]

    def act(obs, info):
        if policy is masked:
            return masked(obs, rng, info)
        if policy is not None:
            return policy(obs, rng)
        if isinstance(space, spaces.Discrete):
            return int(rng.integers(space.n))
        # Beyond the bounds too: environments clip.
        return rng.uniform(1.25 * space.low, 1.25 * space.high).astype(np.float32)

    obs, info = env.reset(seed=seed, options=reset)
    actions, starts, observations, rewards, ends, probs, bits = [], [obs], [], [], "", [], []
    for _ in range(steps):
        action = act(obs, info)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        observations.append(obs)
        rewards.append(reward)
        ends += "B" if terminated and truncated else "T" if terminated else "U" if truncated else "."
        if "prob" in info:
            probs.append(info["prob"])
        if masks:
            bits.append(info["action_mask"])
        if terminated or truncated:
            obs, info = env.reset()
            starts.append(obs)
    box = isinstance(env.observation_space, spaces.Box)
    dtype = "<f4" if box else "<i2"
    case = {
        "id": id,
        "options": options or {},
        "resetOptions": reset_options(reset),
        "seed": seed,
        "actions": pack(actions, "<f4" if isinstance(space, spaces.Box) else "<i2"),
        "starts": pack(starts, dtype),
        "observations": pack(observations, dtype),
        "rewards": pack(rewards, "<f8"),
        "ends": ends,
    }
    if probs:
        case["probs"] = pack(probs, "<f8")
    if masks:
        case["masks"] = pack(bits, "<i1")
    return case


def reset_options(reset):
    names = {"x_init": "xInit", "y_init": "yInit"}
    return {names.get(name, name): value for name, value in (reset or {}).items()}


def trajectories():
    for seed in (0, 1, 123):
        yield run("CartPole-v1", seed, 250)
        yield run("MountainCar-v0", seed, 300)
        yield run("MountainCarContinuous-v0", seed, 300)
        yield run("Acrobot-v1", seed, 300)
        yield run("Pendulum-v1", seed, 250)
        yield run("FrozenLake-v1", seed, 400)
        yield run("FrozenLake8x8-v1", seed, 400)
        yield run("CliffWalking-v1", seed, 300)
        yield run("Taxi-v4", seed, 300)
        yield run("Taxi-v4", seed, 500, masked)
        yield run("Blackjack-v1", seed, 400)
        yield run("Blackjack-v1", seed, 200, cautious)
    yield run("CartPole-v1", 7, 600, balance)
    yield run("CartPole-v0", 7, 210, balance)
    yield run("CartPole-v1", 8, 100, kwargs={"sutton_barto_reward": True}, options={"suttonBartoReward": True})
    yield run("CartPole-v1", 123, 30, reset={"low": -0.1, "high": 0.1})
    yield run("MountainCar-v0", 7, 300, swing)
    yield run("MountainCar-v0", 8, 250, swing, kwargs={"goal_velocity": 0.03}, options={"goalVelocity": 0.03})
    yield run("MountainCar-v0", 9, 30, reset={"low": -1.1, "high": -0.9})
    yield run("MountainCarContinuous-v0", 7, 300, swing_gently)
    yield run("MountainCarContinuous-v0", 8, 300, swing_gently, kwargs={"goal_velocity": 0.04}, options={"goalVelocity": 0.04})
    yield run("MountainCarContinuous-v0", 9, 30, reset={"low": -1.15, "high": -1.1})
    yield run("Acrobot-v1", 7, 400, pump)
    yield run("Acrobot-v1", 8, 200, attributes={"book_or_nips": "nips"}, options={"bookOrNips": "nips"})
    yield run("Acrobot-v1", 9, 200, attributes={"torque_noise_max": 0.5}, options={"torqueNoiseMax": 0.5})
    yield run("Acrobot-v1", 10, 30, reset={"low": -0.3, "high": 0.4})
    yield run("Pendulum-v1", 7, 210, kwargs={"g": 9.81}, options={"g": 9.81})
    yield run("Pendulum-v1", 123, 30, reset={"x_init": math.pi / 2, "y_init": 0.5})
    yield run("FrozenLake-v1", 7, 200, kwargs={"is_slippery": False}, options={"isSlippery": False})
    yield run("FrozenLake-v1", 8, 200, kwargs={"success_rate": 0.75}, options={"successRate": 0.75})
    yield run("FrozenLake-v1", 9, 200, kwargs={"map_name": "8x8"}, options={"mapName": "8x8"})
    desc = ["SFFFS", "FHFFF", "FFFGH"]
    yield run("FrozenLake-v1", 10, 200, kwargs={"desc": desc}, options={"desc": "/".join(desc)})
    yield run(
        "FrozenLake-v1",
        11,
        200,
        kwargs={"reward_schedule": (5, -2, -0.25)},
        options={"goalReward": 5, "holeReward": -2, "frozenReward": -0.25},
    )
    yield run("CliffWalking-v1", 7, 300, kwargs={"is_slippery": True}, options={"isSlippery": True})
    yield run("CliffWalkingSlippery-v1", 8, 300)
    yield run("Taxi-v4", 7, 400, masked, kwargs={"is_rainy": True}, options={"isRainy": True})
    yield run(
        "Taxi-v4",
        8,
        600,
        masked,
        kwargs={"fickle_passenger": True, "fickle_probability": 0.9},
        options={"ficklePassenger": True, "fickleProbability": 0.9},
    )
    yield run(
        "Taxi-v4",
        9,
        400,
        kwargs={"is_rainy": True, "rainy_probability": 0.5},
        options={"isRainy": True, "rainyProbability": 0.5},
    )
    yield run("Blackjack-v1", 7, 400, kwargs={"natural": True, "sab": False}, options={"natural": True, "sab": False})
    yield run("Blackjack-v1", 8, 400, cautious, kwargs={"sab": False}, options={"sab": False})


CLASSIC = ["CartPole-v1", "MountainCar-v0", "MountainCarContinuous-v0", "Acrobot-v1", "Pendulum-v1"]


def resets():
    """The first observation for seeds of all sizes, and the one after it."""
    seeds = [*range(40), 2**31, 2**32 - 1, 2**32, 2**53 + 1, 2**63, 2**64 - 1, 2**100 + 7, 2**128 - 1]
    table = {"seeds": [str(s) for s in seeds]}
    for id in CLASSIC:
        env = gym.make(id)
        table[id] = pack([[env.reset(seed=s)[0], env.reset()[0]] for s in seeds], "<f4")
    return table


def samples():
    def draw(space, n=50):
        space.seed(42)
        return [space.sample() for _ in range(n)]

    low = np.array([-1, -np.inf, 0, -4], dtype=np.float32)
    high = np.array([1, np.inf, 0.5, 3], dtype=np.float32)
    half = spaces.Box(np.array([-np.inf, 1, -np.inf, 0]), np.array([2, np.inf, np.inf, 1]), dtype=np.float32)
    masks = [[1, 0, 1, 1, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 0]]
    five = spaces.Discrete(5, start=2)
    five.seed(42)
    return {
        "discrete": [int(v) for v in draw(spaces.Discrete(5))],
        "discreteStart": [int(v) for v in draw(spaces.Discrete(3, start=-1))],
        "discreteLarge": [int(v) for v in draw(spaces.Discrete(2**40))],
        "discreteMasked": [int(five.sample(np.array(masks[i % 3], dtype=np.int8))) for i in range(50)],
        "box": pack(draw(spaces.Box(low, high)), "<f4"),
        "halfBox": pack(draw(half), "<f4"),
        "multiDiscrete": [[int(v) for v in row] for row in draw(spaces.MultiDiscrete([5, 2, 7], start=[0, 3, -2]), 20)],
        "multiBinary": [[int(v) for v in row] for row in draw(spaces.MultiBinary(11), 20)],
    }


def maps():
    cases = [(8, 0.8, 0), (8, 0.8, 1), (4, 0.5, 2), (12, 0.6, 3), (5, 0.3, 4)]
    return [{"size": n, "p": p, "seed": s, "rows": generate_random_map(n, p, s)} for n, p, s in cases]


def limits():
    ids = [*CLASSIC, "CartPole-v0", "FrozenLake-v1", "FrozenLake8x8-v1", "CliffWalking-v1", "CliffWalkingSlippery-v1", "Taxi-v4", "Blackjack-v1"]
    return {id: [gym.spec(id).max_episode_steps, gym.spec(id).reward_threshold] for id in ids}


def write(name, data):
    with open(os.path.join(HERE, name), "w") as file:
        file.write(",\n".join(f"{json.dumps(key)}: {rows(value)}" for key, value in data.items()).join(["{\n", "\n}\n"]))


def rows(value):
    """A list of objects has one on each line."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return ",\n".join(json.dumps(v) for v in value).join(["[\n", "\n]"])
    return json.dumps(value)


write("spaces.json", {"numpy": np.__version__, "gymnasium": gym.__version__, **samples()})
write(
    "gymnasium.json",
    {
        "numpy": np.__version__,
        "gymnasium": gym.__version__,
        "limits": limits(),
        "maps": maps(),
        "resets": resets(),
        "cases": list(trajectories()),
    },
)
