"""Prints the coefficients of the polynomials in src/kernels/maths32.h and smooth32.h: those whose largest error is least.

Remez's exchange, with the error weighted by what it does to the result. Coefficients for float32 are rounded one by one,
lowest power first, and the rest fitted again around each.

    .venv/bin/python scripts/minimax.py
"""

import mpmath as mp
import numpy as np

mp.mp.prec = 200
GRID = 800


def exchange(target, weight, low, high, powers):
    """The coefficients of x^p, p in powers, that make max |weight · (target - sum)| least, and that error."""
    n = len(powers)
    middle, half = (low + high) / 2, (high - low) / 2
    nodes = [middle - half * mp.cos(mp.pi * (i + mp.mpf(1) / 2) / (n + 1)) for i in range(n + 1)]
    grid = [middle - half * mp.cos(mp.pi * mp.mpf(i) / GRID) for i in range(GRID + 1)]
    best = None
    for _ in range(30):
        system, right = mp.matrix(n + 1, n + 1), mp.matrix(n + 1, 1)
        for i, x in enumerate(nodes):
            w = max(weight(x), mp.mpf(2) ** -40)
            for j, p in enumerate(powers):
                system[i, j] = w * x**p
            system[i, n] = (-1) ** i
            right[i] = w * target(x)
        solved = mp.lu_solve(system, right)
        found, level = list(solved[:n]), abs(solved[n])
        errors = [(x, weight(x) * (target(x) - sum(c * x**p for c, p in zip(found, powers)))) for x in grid]
        peaks = []
        for x, e in errors:
            if peaks and (e > 0) == (peaks[-1][1] > 0):
                if abs(e) > abs(peaks[-1][1]):
                    peaks[-1] = (x, e)
            else:
                peaks.append((x, e))
        largest = max(abs(e) for _, e in errors)
        if best is None or largest < best[1]:
            best = found, largest
        while len(peaks) > n + 1:
            peaks.pop(0 if abs(peaks[0][1]) < abs(peaks[-1][1]) else -1)
        if len(peaks) < n + 1 or largest < level * mp.mpf("1.01"):
            break
        nodes = [x for x, _ in peaks]
    return best


def show(name, target, weight, low, high, terms, single):
    low, high = mp.mpf(low), mp.mpf(high)
    if single:
        kept, rest, left = [], list(range(terms)), target
        while rest:
            first = mp.mpf(float(np.float32(float(exchange(left, weight, low, high, rest)[0][0]))))
            kept.append(first)
            left = lambda x, before=left, c=first, p=rest[0]: before(x) - c * x**p
            rest.pop(0)
    else:
        kept = [mp.mpf(float(c)) for c in exchange(target, weight, low, high, list(range(terms)))[0]]
    grid = [low + (high - low) * mp.mpf(i) / 3001 for i in range(3002)]
    error = max(abs(weight(x) * (target(x) - sum(c * x**p for p, c in enumerate(kept)))) for x in grid)
    print(f"{name}: relative error 2^{float(mp.log(error, 2)):.1f}")
    for c in kept:
        print("   ", float(c).hex().replace("00000000p", "p") + ("f" if single else ""))


def near_zero(series, closed):
    """A quotient of two small differences: from its series close to 0."""
    return lambda x: series(x) if abs(x) < mp.mpf(2) ** -14 else closed(x)


exp_bend = near_zero(
    lambda r: sum(r**k / mp.factorial(k + 2) for k in range(8)), lambda r: (mp.expm1(r) - r) / r**2
)
log_bend = near_zero(
    lambda f: sum((-1) ** k * f**k / (k + 3) for k in range(10)), lambda f: (mp.log1p(f) - f + f * f / 2) / f**3
)
tanh_bend = near_zero(
    lambda z: -mp.mpf(1) / 3 + 2 * z / 15 - 17 * z * z / 315,
    lambda z: (mp.tanh(mp.sqrt(z)) - mp.sqrt(z)) / mp.sqrt(z) ** 3,
)
log1p_slope = near_zero(lambda q: sum((-1) ** k * q**k / (k + 1) for k in range(8)), lambda q: mp.log1p(q) / q)

HALF = mp.log(2) / 2 * mp.mpf("1.001")

if __name__ == "__main__":
    show("exp, (eʳ - 1 - r) / r²", exp_bend, lambda r: r * r / mp.exp(r), -HALF, HALF, 5, True)
    show(
        "log, (log(1 + f) - f + f²/2) / f³",
        log_bend,
        lambda f: abs(f**3 / mp.log1p(f)) if f else mp.mpf(0),
        mp.sqrt(0.5) - 1,
        mp.sqrt(2) - 1,
        8,
        True,
    )
    show(
        "tanh, (tanh x - x) / x³ in x²",
        tanh_bend,
        lambda z: z * mp.sqrt(z) / mp.tanh(mp.sqrt(z)) if z else mp.mpf(0),
        0,
        0.49,
        6,
        True,
    )
    show(
        "expm1 in float64, (eʳ - 1 - r) / r²",
        exp_bend,
        lambda r: abs(r * r / mp.expm1(r)) if r else mp.mpf(0),
        -HALF,
        HALF,
        6,
        False,
    )
    show("log1p in float64, log(1 + q) / q", log1p_slope, lambda q: 1 / log1p_slope(q), 0, 1, 12, False)
