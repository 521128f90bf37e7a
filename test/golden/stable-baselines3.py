"""Models of Stable-Baselines3 as it saves them, and the actions that it takes on 10,000 observations.

pip install stable-baselines3==2.9.2; writes stable-baselines3.json and the folder stable-baselines3 beside this script.
The observations are not stored: NumPy's generator makes them from a seed, and so does Ascent's.
"""

import base64
import json
import sys
import zlib
from pathlib import Path

# Beside this file lie gymnasium.py and others: without its folder on the path, the imports below find the libraries.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
import gymnasium  # noqa: E402
import numpy as np  # noqa: E402
import stable_baselines3  # noqa: E402
import torch  # noqa: E402
from gymnasium import spaces  # noqa: E402
from stable_baselines3 import A2C, PPO  # noqa: E402
from stable_baselines3.common.vec_env import DummyVecEnv, VecNormalize  # noqa: E402

FOLDER = Path(__file__).parent
COUNT = 10_000


class Still(gymnasium.Env):
    """An environment with these spaces, in which nothing happens."""

    def __init__(self, observation_space, action_space):
        self.observation_space = observation_space
        self.action_space = action_space

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        return self.observation_space.sample(), {}

    def step(self, action):
        return self.observation_space.sample(), 0.0, False, False, {}


def box(low, high):
    return spaces.Box(np.array(low, dtype=np.float32), np.array(high, dtype=np.float32))


line = box([-np.inf] * 4, [np.inf] * 4)
cases = {
    "choice": (PPO, line, spaces.Discrete(2), {"net_arch": [16, 16]}, False),
    "numbers": (
        A2C,
        box([-5, -np.inf, 0], [5, np.inf, 7]),
        box([-0.5], [2]),
        {"net_arch": {"pi": [16, 8], "vf": [8]}, "activation_fn": torch.nn.ReLU, "log_std_init": -0.7},
        True,
    ),
    "choices": (PPO, spaces.Discrete(5), spaces.MultiDiscrete([3, 2]), {"net_arch": [8]}, False),
    "switches": (PPO, spaces.MultiDiscrete([3, 4]), spaces.MultiBinary(4), {"net_arch": []}, False),
}


def observations(space):
    rng = np.random.default_rng(5)
    if isinstance(space, spaces.Box):
        return rng.normal(0, 2, size=(COUNT, *space.shape)).astype(np.float32)
    if isinstance(space, spaces.Discrete):
        return rng.integers(0, space.n, size=COUNT)
    return np.stack([rng.integers(0, n, size=COUNT) for n in space.nvec], axis=1)


def packed(array):
    return base64.b64encode(zlib.compress(np.ascontiguousarray(array).tobytes(), 9)).decode()


golden = {"versions": {"stable_baselines3": stable_baselines3.__version__, "torch": torch.__version__}, "cases": {}}
for name, (algorithm, observed, acted, kwargs, normalised) in cases.items():
    env = DummyVecEnv([lambda observed=observed, acted=acted: Still(observed, acted)])
    seen = observations(observed)
    if normalised:
        env = VecNormalize(env)
        env.obs_rms.update(seen[:1000] * 1.5 + 0.3)
        env.save(FOLDER / "stable-baselines3" / f"{name}.pkl")
        env.training = False
    torch.manual_seed(1)
    model = algorithm("MlpPolicy", env, policy_kwargs=kwargs, device="cpu", seed=1)
    # A new policy is nearly indifferent. With such weights, every action is taken somewhere.
    with torch.no_grad():
        for key, weights in model.policy.named_parameters():
            if key != "log_std":
                weights.normal_(0, 0.5)
    model.save(FOLDER / "stable-baselines3" / f"{name}.zip")
    inputs = env.normalize_obs(seen) if normalised else seen
    actions, _ = model.predict(inputs, deterministic=True)
    whole = not isinstance(acted, spaces.Box)
    golden["cases"][name] = {
        "actions": packed(actions.astype(np.int8 if whole else np.float32)),
        "log_std": [float(x) for x in model.policy.log_std.detach()] if normalised else [],
        "values": [float(v) for v in model.policy.predict_values(model.policy.obs_to_tensor(inputs[:50])[0])[:, 0]],
    }
    print(name, np.unique(actions, axis=0)[:8].tolist())

(FOLDER / "stable-baselines3.json").write_text(json.dumps(golden, indent=2) + "\n")
