"""Writes mujoco.json: the models and episodes of Python Gymnasium 1.4.0's robots, simulated by MuJoCo 3.14.0.

    pip install gymnasium==1.4.0 mujoco==3.14.0 imageio numpy && python test/golden/mujoco.py

`fields` has every number of the compiled model that the physics reads; what is only drawn is left out. A case is one run:
reset with the seed, then the actions; after the end of an episode a reset without a seed. Observations are in float64, of
the first steps and then of every tenth; `controls` is the part of the reward that is for the action. Arrays are packed as in gymnasium.py. `ends` has a letter a step, as there.
"""

import base64
import json
import os
import re
import sys
import zlib

# The folder of this script holds files of the same names as the packages.
sys.path = [p for p in sys.path if os.path.abspath(p or ".") != os.path.dirname(os.path.abspath(__file__))]

import gymnasium as gym
import mujoco
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
IDS = ["InvertedPendulum-v5", "InvertedDoublePendulum-v5", "Reacher-v5", "Swimmer-v5", "Hopper-v5", "HalfCheetah-v5", "Walker2d-v5", "Ant-v5"]

# Names, sizes of memory, and what is only drawn: colours, materials, textures, cameras, lights.
NOT_PHYSICS = re.compile(
    r"^(names|name_|paths|text|tex|mat|cam|light|numeric|skin|vis|buffer|narena|nbuffer|geom_(rgba|matid|user)|site_(rgba|matid|user)|nuser|ncam|nlight|nnames|nmat|ntex|nnumeric|nbvh|bvh|oct|signature|mesh|hfield|flex|tuple|key|plugin|eq|flex|pair|exclude|tendon|wrap|sensor|stat|opt)"
)


def pack(values, dtype):
    return base64.b64encode(zlib.compress(np.ascontiguousarray(values, dtype=dtype).tobytes(), 9)).decode()


def fields(model):
    """Every array of the model, every count, and the options of the solver."""
    found = {}
    for name in dir(model):
        if name.startswith("_") or NOT_PHYSICS.match(name):
            continue
        value = getattr(model, name)
        if isinstance(value, np.ndarray) and value.dtype == bool:
            found[f"flags.{name}"] = value.astype(int).tolist()
        elif isinstance(value, np.ndarray):
            found[name] = pack(value, "<f8")
        elif isinstance(value, int):
            found[name] = int(value)
    for name in dir(model.opt):
        value = getattr(model.opt, name)
        if not name.startswith("_") and isinstance(value, (int, float)):
            found[f"opt.{name}"] = value
    for name in ("gravity", "wind", "magnetic", "o_solref", "o_solimp", "o_friction"):
        found[f"opt.{name}"] = list(getattr(model.opt, name))
    found["stat.meaninertia"] = model.stat.meaninertia
    return found


def balance(obs, rng):
    """Holds the pole up for a while: the cart goes where the pole falls."""
    force = 1.0 * obs[0] + 9 * obs[1] + 1.0 * obs[2] + 1.5 * obs[3] + rng.uniform(-0.2, 0.2)
    return np.array([force], dtype=np.float32)


def balance_two(obs, rng):
    """Holds both poles up: the gains are those of a linear-quadratic regulator for the upright state."""
    x, sin1, sin2, _, _, v, w1, w2, _ = obs
    force = GAINS @ np.array([x, sin1, sin2, v, w1, w2])
    return np.array([np.clip(force, -1, 1) + rng.uniform(-0.02, 0.02)], dtype=np.float32)


def gains(env):
    """Solves the Riccati equation for the dynamics around the upright state, linearised by MuJoCo."""
    model, data = env.unwrapped.model, env.unwrapped.data
    mujoco.mj_resetData(model, data)
    A = np.zeros((6, 6))
    B = np.zeros((6, 1))
    model.opt.integrator = mujoco.mjtIntegrator.mjINT_EULER
    mujoco.mjd_transitionFD(model, data, 1e-6, True, A, B, None, None)
    model.opt.integrator = mujoco.mjtIntegrator.mjINT_RK4
    Ak, Bk = np.linalg.matrix_power(A, 5), sum(np.linalg.matrix_power(A, k) for k in range(5)) @ B
    P = np.eye(6)
    for _ in range(5000):
        K = np.linalg.solve(np.eye(1) * 10 + Bk.T @ P @ Bk, Bk.T @ P @ Ak)
        P = np.eye(6) + Ak.T @ P @ (Ak - Bk @ K)
    return -K[0]


def run(id, seed, steps, policy=None):
    env = gym.make(id)
    rng = np.random.default_rng(1000 + seed)
    space = env.action_space
    obs, _ = env.reset(seed=seed)
    actions, starts, observations, rewards, controls, ends = [], [obs], [], [], [], ""
    for t in range(steps):
        action = policy(obs, rng) if policy else rng.uniform(space.low, space.high).astype(np.float32)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        if kept(t):
            observations.append(obs)
        rewards.append(reward)
        controls.append(info.get("reward_ctrl", 0))
        ends += "B" if terminated and truncated else "T" if terminated else "U" if truncated else "."
        if terminated or truncated:
            obs, _ = env.reset()
            starts.append(obs)
    return {
        "id": id,
        "seed": seed,
        "actions": pack(actions, "<f4"),
        "starts": pack(starts, "<f8"),
        "observations": pack(observations, "<f8"),
        "rewards": pack(rewards, "<f8"),
        "controls": pack(controls, "<f8"),
        "ends": ends,
    }


def kept(t):
    return t < 40 or t % 10 == 9


def returns(id, episodes=200, steps=100):
    """The returns of the first steps of episodes with random actions, for statistics."""
    env = gym.make(id)
    found = []
    for seed in range(episodes):
        rng = np.random.default_rng(seed)
        env.reset(seed=seed)
        total = 0.0
        for _ in range(steps):
            action = rng.uniform(env.action_space.low, env.action_space.high).astype(np.float32)
            _, reward, terminated, truncated, _ = env.step(action)
            total += reward
            if terminated or truncated:
                break
        found.append(total)
    return pack(found, "<f8")


GAINS = gains(gym.make("InvertedDoublePendulum-v5"))
cases = [run("InvertedPendulum-v5", 0, 1000, balance), run("InvertedDoublePendulum-v5", 0, 1000, balance_two)]
cases += [run(id, 1, 150) for id in IDS[:2]]
cases += [run("Reacher-v5", 0, 150), run("Swimmer-v5", 0, 1000), run("Hopper-v5", 0, 200), run("Walker2d-v5", 0, 200)]
cases += [run("HalfCheetah-v5", seed, 15) for seed in (0, 1, 2)] + [run("Ant-v5", seed, 35) for seed in (0, 1)]
data = {
    "gymnasium": gym.__version__,
    "mujoco": mujoco.__version__,
    "limits": {id: [gym.spec(id).max_episode_steps, gym.spec(id).reward_threshold] for id in IDS},
    "models": {id: fields(gym.make(id).unwrapped.model) for id in IDS},
    "cases": cases,
    "returns": {id: returns(id) for id in ("HalfCheetah-v5", "Ant-v5")},
}
with open(os.path.join(HERE, "mujoco.json"), "w") as file:
    file.write(",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in data.items()).join(["{\n", "\n}\n"]))
for case in cases:
    print(case["id"], case["seed"], len(case["ends"]), "steps,", len(re.findall("[TUB]", case["ends"])), "ends")
