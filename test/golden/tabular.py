"""Exact values, visits and policy gradients of small worlds, computed with 60 digits: writes tabular.json.

The worlds are Gymnasium's own tables where it has them; GridWorld is written out here a second time.
"""

import json
import sys
from pathlib import Path

sys.path.pop(0)  # this folder has a gymnasium.py of its own
import gymnasium as gym
from mpmath import exp, lu_solve, matrix, mp, mpf

mp.dps = 60


def gymnasium_table(name, **options):
    env = gym.make(name, **options).unwrapped
    outcomes = [[env.P[s][a] for a in range(env.action_space.n)] for s in range(env.observation_space.n)]
    if name == "CliffWalking-v1":
        outcomes[47] = [[(1, 47, 0, True)]] * 4  # the goal; Gymnasium's table lets one walk on from it
    return [mpf(float(p)) for p in env.initial_state_distrib], outcomes


def grid_table(rows, slip, pit):
    columns = len(rows[0])
    cells = "".join(rows)
    moves = [(-1, 0), (0, 1), (1, 0), (0, -1)]

    def step(s, direction):
        r, c = s // columns + moves[direction][0], s % columns + moves[direction][1]
        if 0 <= r < len(rows) and 0 <= c < columns and rows[r][c] != "#":
            s = r * columns + c
        return s, {"G": 10, "X": pit}.get(cells[s], -1), cells[s] in "GX"

    outcomes = []
    for s, cell in enumerate(cells):
        if cell in "GX#":
            outcomes.append([[(1, s, 0, True)]] * 4)
            continue
        outcomes.append(
            [[(p, *step(s, (a + turn) % 4)) for p, turn in ((1 - slip, 0), (slip / 2, 1), (slip / 2, 3))] for a in range(4)]
        )
    return [mpf(1) if cell == "S" else mpf(0) for cell in cells], outcomes


def solve(start, outcomes, gamma):
    """V* by policy iteration; V and visits of the uniform policy; the gradient at some logits."""
    n, k = len(outcomes), len(outcomes[0])
    gamma = mpf(gamma)

    def q_of(v):
        return [
            [
                sum(mpf(p) * (mpf(r) + (0 if ended else gamma * v[t])) for p, t, r, ended in outcomes[s][a])
                for a in range(k)
            ]
            for s in range(n)
        ]

    def system(policy):
        going = matrix(n, n)
        pay = matrix(n, 1)
        for s in range(n):
            for a in range(k):
                for p, t, r, ended in outcomes[s][a]:
                    pay[s] += policy[s][a] * mpf(p) * mpf(r)
                    if not ended:
                        going[s, t] += policy[s][a] * mpf(p)
        return going, pay

    def identity_minus(m, g):
        return matrix([[(1 if i == j else 0) - g * m[i, j] for j in range(n)] for i in range(n)])

    def value_of(policy):
        going, pay = system(policy)
        return list(lu_solve(identity_minus(going, gamma), pay))

    def visits_of(policy, g):
        going, _ = system(policy)
        return list(lu_solve(identity_minus(going.T, g), matrix(start)))

    uniform = [[mpf(1) / k] * k for _ in range(n)]
    v = value_of(uniform)
    while True:
        q = q_of(v)
        best = [max(range(k), key=lambda a: q[s][a]) for s in range(n)]
        better = value_of([[mpf(a == best[s]) for a in range(k)] for s in range(n)])
        if max(abs(x - y) for x, y in zip(v, better)) < mpf(10) ** -40:
            break
        v = better

    logits = [[mpf((7 * s + 3 * a) % 11) / 10 - mpf(1) / 2 for a in range(k)] for s in range(n)]
    soft = [[exp(x) / sum(exp(y) for y in row) for x in row] for row in logits]
    vs = value_of(soft)
    qs = q_of(vs)

    def gradient(g):
        d = visits_of(soft, g)
        return [d[s] * soft[s][a] * (qs[s][a] - vs[s]) for s in range(n) for a in range(k)]

    return {
        "gamma": float(gamma),
        "best": [float(x) for x in v],
        "uniform": [float(x) for x in value_of(uniform)],
        "visits": [float(x) for x in visits_of(uniform, gamma)],
        "objective": float(sum(p * x for p, x in zip(start, vs))),
        "gradient": [float(x) for x in gradient(gamma)],
        "gradientAllVisitsAlike": [float(x) for x in gradient(mpf(1))],
    }


LECTURE = ["....G", ".....", ".....", ".....", "S...."]
ROUGH = ["..XG", ".#.X", "S..."]
worlds = [
    ("GridWorld-v0", {}, grid_table(LECTURE, mpf(0), -10), 0.99),
    ("GridWorld-v0", {"slip": 0.25}, grid_table(LECTURE, mpf("0.25"), -10), 1.0),
    ("GridWorld-v0", {"map": "/".join(ROUGH), "slip": 0.5, "pitReward": -3}, grid_table(ROUGH, mpf("0.5"), -3), 0.9),
    ("FrozenLake-v1", {}, gymnasium_table("FrozenLake-v1"), 0.95),
    ("FrozenLake8x8-v1", {}, gymnasium_table("FrozenLake8x8-v1"), 0.99),
    ("CliffWalking-v1", {}, gymnasium_table("CliffWalking-v1"), 0.5),
]
golden = [{"env": name, "options": options, **solve(*table, gamma)} for name, options, table, gamma in worlds]
Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")
