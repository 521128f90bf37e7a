"""A NumPy model of what Stable-Baselines3's VecNormalize does to observations and rewards, in training.

Regenerate with   .venv/bin/python test/golden/normalise.py   (numpy 2.4); it rewrites test/golden/normalise.json.

Moments are computed here from all rows at once, weighted, rather than by the running update that is tested: the first
1e-4 rows have mean 0 and variance 1. Rows are float32, as environments give them; everything else is float64.
"""

import json
import sys
from pathlib import Path

# Beside this file lies numpy.py: without its folder on the path, the import finds the library.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
import numpy as np  # noqa: E402

STEPS, ENVS, FEATURES, GAMMA = 12, 3, 4, 0.9
rng = np.random.default_rng(5)
# One column is far from 0, one hardly moves, one has an outlier.
observations = (rng.standard_normal((STEPS + 1, ENVS, FEATURES)) * [1, 100, 1e-3, 1] + [0, 5000, 1, 0]).astype(np.float32)
observations[9, 1, 3] = 1e3
rewards = rng.standard_normal((STEPS, ENVS)) * 30 - 20
rewards[7, 2] = 4000.0
dones = rng.random((STEPS, ENVS)) < 0.15


def moments(rows):
    rows = rows.reshape(-1, rows.shape[-1]).astype(np.float64)
    total = len(rows) + 1e-4
    mean = rows.sum(0) / total
    return mean, (1e-4 * (1 + mean**2) + ((rows - mean) ** 2).sum(0)) / total


seen = []
for t in range(STEPS + 1):
    mean, variance = moments(observations[: t + 1])
    seen.append(np.clip((observations[t] - mean) / np.sqrt(variance + 1e-8), -10, 10))

running, history, scaled = np.zeros(ENVS), [], []
for t in range(STEPS):
    running = running * GAMMA + rewards[t]
    history.append(running[:, None].copy())
    _, variance = moments(np.array(history))
    scaled.append(np.clip(rewards[t] / np.sqrt(variance[0] + 1e-8), -10, 10))
    running[dones[t]] = 0

mean, variance = moments(observations)
answer = {
    "gamma": GAMMA,
    "observations": observations.astype(float).tolist(),
    "normalised": np.array(seen).tolist(),
    "mean": mean.tolist(),
    "variance": variance.tolist(),
    "rewards": rewards.tolist(),
    "dones": dones.astype(int).tolist(),
    "scaled": np.array(scaled).tolist(),
}
path = Path(__file__).with_name("normalise.json")
path.write_text(json.dumps(answer, separators=(",", ":")) + "\n")
print(path.name, path.stat().st_size, "bytes")
