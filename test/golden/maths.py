"""Writes maths.json: float64 functions to far more digits than a float64 has, for src/kernels/maths.test.ts.

A case is the bits of the arguments, the bits of the float64 nearest to the true value, and how far the true value lies
above that, in units in its last place. Some arguments are random in ranges that matter, some are known to be hard: next to
a multiple of π, at the ends of the range, where the result is denormal.

    .venv/bin/python test/golden/maths.py
"""

import json
import math
import os
import random
import struct

import mpmath as mp

mp.mp.prec = 1500
source = random.Random(11)
ROUNDS = 24


def bits(x):
    return struct.pack(">d", x).hex()


def nearest(t):
    """The float64 nearest to t, denormal ones included, and what is left in units in its last place."""
    ulp = mp.mpf(2) ** (max(math.floor(mp.log(abs(t), 2)), -1022) - 52)
    y = mp.nint(t / ulp) * ulp
    return float(y), float((t - y) / ulp)


def spread(low, high):
    """A random number whose exponent is equally likely to be any from low to high, of either sign."""
    return source.choice([-1, 1]) * math.ldexp(1 + source.random(), source.randint(low, high))


def between(low, high):
    return lambda: source.uniform(low, high)


def near_multiples(step):
    """The float64 nearest to a random multiple, where little is left after reduction."""
    return lambda: float(source.randint(-400, 400) * step)


ANGLES = [between(-4, 4), between(-400, 400), lambda: spread(-30, 0), lambda: spread(9, 1023), near_multiples(mp.pi / 2)]
# The double nearest to a multiple of π/2 of all, then π in float64 and neighbours of the border between two reductions.
HARD_ANGLES = [6381956970095103 * 2.0**797, math.pi, math.pi / 2, 1e22, 2.0**-27, 400.0, math.nextafter(400, 0), 1e308]
SMALL = [lambda: spread(-60, -1), between(-1, 1)]

FUNCTIONS = {
    "exp": (mp.exp, [between(-745, 709.7), between(-1, 1), between(-745, -708), *SMALL], [709.782712893384, -745.1332191019411, -708.3964185322641]),
    "expm1": (mp.expm1, [between(-40, 70), between(30, 709), *SMALL], [0.002707606173999011, -37.5, 56.1, 2.0**-20]),
    "log": (
        mp.log,
        [lambda: abs(spread(-1074, 1023)), between(0.5, 2), lambda: 1 + spread(-50, -3), lambda: abs(spread(-1074, -1023))],
        [math.nextafter(1, 0), math.nextafter(1, 2), 5e-324, 1.7976931348623157e308, 181 / 256, 1 + 1 / 128],
    ),
    "log1p": (mp.log1p, [between(-1, 3), lambda: abs(spread(-60, 1023)), *SMALL], [-1 + 2.0**-53, 2.0**-53, -(2.0**-53)]),
    "sin": (mp.sin, ANGLES, HARD_ANGLES),
    "cos": (mp.cos, ANGLES, HARD_ANGLES),
    "tan": (mp.tan, ANGLES, HARD_ANGLES),
    "asin": (mp.asin, [between(-1, 1), lambda: spread(-30, -1), lambda: 1 - abs(spread(-50, -2))], [0.5, 2.0**-27]),
    "acos": (mp.acos, [between(-1, 1), lambda: spread(-30, -1), lambda: 1 - abs(spread(-50, -2))], [0.5, -1 + 2.0**-53]),
    "atan": (mp.atan, [between(-3, 3), lambda: spread(-40, 60)], [2.0**-27, 1.7e308]),
    "sinh": (mp.sinh, [between(-25, 25), between(-710.4, 710.4), *SMALL], [2.0**-6, 710.4758600739439]),
    "cosh": (mp.cosh, [between(-25, 25), between(-710.4, 710.4), *SMALL], [710.4758600739439]),
    "tanh": (mp.tanh, [between(-22, 22), *SMALL], [19.0615474653984]),
    "pow": (
        mp.power,
        [
            lambda: (source.uniform(0, 10), source.uniform(-10, 10)),
            lambda: (1 + spread(-40, -6), spread(5, 12)),
            lambda: (abs(spread(-4, 4)), source.uniform(-200, 200)),
            lambda: (-source.randint(1, 9) / 2, float(source.randint(-40, 40))),
        ],
        [(2.0, -1060.5), (10.0, 308.25), (0.5, 1073.5), (1.0000000000000002, 3e18), (3.0, 33.0), (10.0, -323.0)],
    ),
    "atan2": (
        mp.atan2,
        [
            lambda: (spread(-3, 3), spread(-3, 3)),
            lambda: (spread(-70, 70), spread(-70, 70)),
            lambda: (spread(-500, 500), spread(-500, 500)),
        ],
        [(1e-320, 1e-310), (1e308, 1e308), (-1.0, -1e-30), (5e-324, -5e-324), (1.0, -(2.0**70))],
    ),
}


def cases(name):
    function, ranges, hard = FUNCTIONS[name]
    for x in [*hard, *(draw() for draw in ranges for _ in range(ROUNDS))]:
        x = x if isinstance(x, tuple) else (x,)
        value = function(*map(mp.mpf, x))
        y, above = nearest(value)
        if math.isfinite(y):
            yield ["".join(map(bits, x)), bits(y), round(above, 5)]


if __name__ == "__main__":
    functions = {name: list(cases(name)) for name in FUNCTIONS}
    with open(os.path.join(os.path.dirname(__file__), "maths.json"), "w") as out:
        out.write("{\n" + ",\n".join(f'"{name}": {json.dumps(found)}' for name, found in functions.items()) + "\n}\n")
