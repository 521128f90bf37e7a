"""Writes numpy-draws.json: what NumPy's default_rng draws as gamma, beta, poisson, binomial and multinomial numbers, for
src/random/draws.test.ts.

Of most calls the file keeps the first two numbers and a hash of all, as float64, lowest byte first. Of draws that are
powers it keeps the numbers themselves: their last bit depends on the machine's C library. After each call comes one
uniform number, which shows that as many draws were taken.

    .venv/bin/python test/golden/numpy-draws.py
"""

import hashlib
import json
import os
import sys

# The folder of this script holds a file of the same name as the package.
sys.path = [p for p in sys.path if os.path.abspath(p or ".") != os.path.dirname(os.path.abspath(__file__))]

import numpy as np

SEEDS = [0, 1, 2**40 + 7]
SIZE = 5000

EXACT = [
    ["gamma", [0.0, 1.0]],
    ["gamma", [1.0, 3.0]],
    ["gamma", [1.5, 1.0]],
    ["gamma", [30.0, 0.1]],
    ["beta", [1.0, 1.0]],
    ["beta", [2.0, 3.0]],
    ["beta", [1e-110, 1e-110]],
    ["poisson", [0.0]],
    ["poisson", [0.3]],
    ["poisson", [9.9]],
    ["poisson", [10.0]],
    ["poisson", [55.5]],
    ["poisson", [1e6]],
    ["poisson", [1e12]],
    ["binomial", [0, 0.4]],
    ["binomial", [5, 0.0]],
    ["binomial", [5, 1.0]],
    ["binomial", [10, 0.3]],
    ["binomial", [10, 0.8]],
    ["binomial", [100, 0.5]],
    ["binomial", [1000, 0.999]],
    ["binomial", [100_000, 0.4]],
    ["binomial", [10**9, 0.37]],
    ["binomial", [10**12, 0.63]],
    ["multinomial", [100, [0.1, 0.2, 0.3, 0.4]]],
    ["multinomial", [5, [0.5, 0.0, 0.25, 0.25]]],
    ["multinomial", [100_000, [1 / 3, 1 / 3, 1 / 3]]],
]

POWERS = [
    ["gamma", [0.3, 1.0]],
    ["gamma", [0.9, 2.0]],
    ["gamma", [1e-3, 1.0]],
    ["beta", [0.5, 0.5]],
    ["beta", [0.5, 2.0]],
    ["beta", [0.01, 0.01]],
    ["beta", [1e-5, 1e-5]],
]


def digest(values):
    return hashlib.sha256(np.asarray(values, dtype="<f8").tobytes()).hexdigest()[:32]


def drawn(seed):
    rng = np.random.default_rng(seed)
    exact = []
    for name, arguments in EXACT:
        size = SIZE // 10 if name == "multinomial" else SIZE
        values = np.asarray(getattr(rng, name)(*arguments, size=size), dtype=float).ravel()
        exact.append({"name": name, "args": arguments, "size": size, "first": values[:2].tolist(), "hash": digest(values), "next": rng.random()})
    powers = []
    for name, arguments in POWERS:
        values = getattr(rng, name)(*arguments, size=100)
        powers.append({"name": name, "args": arguments, "values": values.tolist(), "next": rng.random()})
    return {"seed": seed, "exact": exact, "powers": powers}


if __name__ == "__main__":
    data = {"numpy": np.__version__, "streams": [drawn(seed) for seed in SEEDS]}
    with open(os.path.join(os.path.dirname(__file__), "numpy-draws.json"), "w") as out:
        out.write(json.dumps(data).replace('{"name"', '\n{"name"').replace('{"seed"', '\n{"seed"') + "\n")
