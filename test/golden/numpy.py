"""Writes numpy.json: what NumPy's SeedSequence and default_rng(seed) give, for src/random/*.test.ts.

A program of calls runs on one generator per seed, so that what one call leaves behind (half a 64-bit draw, say) meets the
next. Of each call the file keeps the first two numbers and a hash of all, as float64, lowest byte first.

    .venv/bin/python test/golden/numpy.py
"""

import hashlib
import json
import os
import random
import sys

# The folder of this script holds a file of the same name as the package.
sys.path = [p for p in sys.path if os.path.abspath(p or ".") != os.path.dirname(os.path.abspath(__file__))]

import numpy as np

SEEDS = [0, 1, 42, 123456789, 2**32, 2**40 + 7, 2**127 + 3]

# name, arguments, and how many draws; the names are those of the TypeScript methods.
PROGRAM = [
    ["random", [], 3000],
    ["integers", [0, 10], 3001],
    ["standardNormal", [], 20000],
    ["integers", [0, 2**32], 101],
    ["integers", [-5, 2**32 - 5], 101],
    ["integers", [7, 8], 3],
    ["integers", [0, 2**32 - 1], 1001],
    ["integers", [-3, 2**33 + 11], 1001],
    ["integers", [0, 2**53 - 1], 1001],
    ["integers", [0, 3 * 2**30], 1001],
    ["random", [], 5],
    ["uniform", [-2.5, 3.25], 1001],
    ["normal", [10.0, 0.5], 1001],
    ["standardExponential", [], 20000],
    ["exponential", [2.5], 1001],
    ["permutation", [1000], None],
    ["permutation", [5000], None],
    ["permutation", [1], None],
    ["permutation", [0], None],
    ["choice", [7, {}], 31],
    ["choice", [5, {"p": [0.1, 0.0, 0.3, 0.2, 0.4]}], 1000],
    ["choice", [100, {"replace": False}], 30],
    ["choice", [100, {"replace": False}], 100],
    ["choice", [20000, {"replace": False}], 300],
    ["choice", [20000, {"replace": False}], 1000],
    ["choice", [20000, {"replace": False}], 20000],
    ["choice", [8, {"replace": False, "p": [0.3, 0.05, 0.05, 0.1, 0.0, 0.2, 0.15, 0.15]}], 6],
    ["integers", [0, 6], 1],
]


def run(rng, name, arguments, size):
    if name == "permutation":
        return rng.permutation(arguments[0])
    if name == "choice":
        return rng.choice(arguments[0], size=size, **arguments[1])
    method = {"standardNormal": "standard_normal", "standardExponential": "standard_exponential"}.get(name, name)
    return getattr(rng, method)(*arguments, size=size)


def digest(values):
    return hashlib.sha256(np.asarray(values, dtype="<f8").tobytes()).hexdigest()[:32]


def state_of(rng):
    state = rng.bit_generator.state
    spare = state["uinteger"] if state["has_uint32"] else None
    return {"state": f"{state['state']['state']:032x}", "increment": f"{state['state']['inc']:032x}", "spare": spare}


def stream(seed):
    rng = np.random.default_rng(seed)
    results = []
    for name, arguments, size in PROGRAM:
        drawn = run(rng, name, arguments, size)
        results.append([[float(v) for v in drawn[:2]], digest(drawn)])
    return {"seed": str(seed), "results": results, "end": state_of(rng)}


def seedings():
    """Entropy of all sizes, alone and in arrays, with the keys of grandchildren."""
    source = random.Random(7)
    cases = []
    for case in range(120):
        many = case % 3 == 0
        entropy = [source.getrandbits(source.randint(1, 160)) for _ in range(source.randint(0, 7) if many else 1)]
        key = [source.getrandbits(source.choice([3, 31])) for _ in range(source.randint(0, 3) if case % 2 else 0)]
        seeds = np.random.SeedSequence(entropy if many else entropy[0], spawn_key=key)
        words = [int(w) for w in seeds.generate_state(5)]
        long = [str(w) for w in seeds.generate_state(3, np.uint64)]
        child = seeds.spawn(3)[2]
        cases.append(
            {
                "entropy": [str(e) for e in entropy] if many else str(entropy[0]),
                "spawnKey": key,
                "uint32": words,
                "uint64": long,
                "child": int(child.generate_state(1)[0]),
                "random": np.random.default_rng(seeds).random(),
            }
        )
    return cases


def spawning():
    rng = np.random.default_rng(42)
    first, second = rng.spawn(2)
    (third,) = rng.spawn(1)
    (grandchild,) = second.spawn(1)
    return [float(g.random()) for g in (rng, first, second, third, grandchild)]


def shuffled():
    rng = np.random.default_rng(3)
    items = list(range(10))
    rng.shuffle(items)
    return items + [float(rng.choice(items)), float(rng.choice(items, p=[0.1] * 10)), float(rng.choice(items, replace=False))]


if __name__ == "__main__":
    data = {
        "numpy": np.__version__,
        "program": PROGRAM,
        "streams": [stream(seed) for seed in SEEDS],
        "seedings": seedings(),
        "spawning": spawning(),
        "shuffled": shuffled(),
    }
    with open(os.path.join(os.path.dirname(__file__), "numpy.json"), "w") as out:
        out.write(json.dumps(data, indent=None).replace('{"seed"', '\n{"seed"').replace('{"entropy"', '\n{"entropy"') + "\n")
