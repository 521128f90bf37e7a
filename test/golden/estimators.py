"""Moments of gradient estimators by enumeration, in plain Python: `python3 test/golden/estimators.py > test/golden/estimators.json`.

It shares no code with the library. For each estimator: E[g] for all logits, then the total variance, for batches of 4 episodes.
"""

import json
from itertools import combinations_with_replacement
from math import exp, factorial, sqrt

N = 4
GAMMA = 0.9
WORLDS = {
    "bandit": dict(
        start=[0.6, 0.4],
        rows=[[[(1, 0, r, True)] for r in (1, 0, 2)], [[(1, 1, r, True)] for r in (0, 3, -1)]],
        logits=[[0.5, 0, -0.5], [0, 1, 0.2]],
        e=[1, -0.5],
    ),
    "two-step": dict(
        start=[1, 0, 0],
        rows=[
            [[(1, 1, 0, False)], [(1, 2, 0, False)]],
            [[(1, 1, 0, True)], [(1, 1, 0, True)]],
            [[(1, 2, 1, True)], [(1, 2, 1, True)]],
        ],
        logits=[[0.3, -0.2], [0.1, 0.5], [0, 0.4]],
        e=[1, -0.5, 0.75],
    ),
    "chain": dict(
        start=[0.8, 0.2, 0],
        rows=[
            [[(0.75, 1, -1, False), (0.25, 3, -2, True)], [(1, 3, 1, True)]],
            [[(0.6, 2, -1, False), (0.4, 3, 0, True)], [(1, 3, 2, True)]],
            [[(1, 3, 6, True)], [(1, 3, -1, True)]],
        ],
        logits=[[0.4, 0], [0.2, -0.3], [0, 0.5]],
        e=[1, -0.5, 0.75],
    ),
}


def softmax(row):
    total = sum(exp(x) for x in row)
    return [exp(x) / total for x in row]


def episodes(world, pi, state, probability, steps):
    """Yields (probability, [(state, action, reward)])."""
    for action, p in enumerate(pi[state]):
        for q, following, reward, ends in world["rows"][state][action]:
            done = [*steps, (state, action, reward)]
            if ends:
                yield probability * p * q, done
            else:
                yield from episodes(world, pi, following, probability * p * q, done)


def values(world, pi):
    V = [0.0] * len(pi)
    for _ in range(100):
        V = [
            sum(
                p * q * (r + (0 if ends else GAMMA * V[to]))
                for action, p in enumerate(pi[s])
                for q, to, r, ends in world["rows"][s][action]
            )
            for s in range(len(pi))
        ]
    return V


def mean(numbers):
    return sum(numbers) / len(numbers)


def whitened(numbers):
    if len(numbers) < 2:
        return numbers
    m = mean(numbers)
    std = sqrt(sum((x - m) ** 2 for x in numbers) / (len(numbers) - 1))
    return [0.0] * len(numbers) if std < 1e-10 * max(map(abs, numbers)) else [(x - m) / (std + 1e-8) for x in numbers]


def to_go(episode):
    G, returns = 0.0, []
    for _, _, reward in reversed(episode):
        G = reward + GAMMA * G
        returns.insert(0, G)
    return returns


def gae(episode, V, lam):
    A, after, advantages = 0.0, 0.0, []
    for state, _, reward in reversed(episode):
        A = reward + GAMMA * after - V[state] + GAMMA * lam * A
        after = V[state]
        advantages.insert(0, A)
    return advantages


def advantages(name, batch, V, wrong):
    """One list an episode, before the division by N."""
    go = [to_go(ep) for ep in batch]
    whole = [[G[0]] * len(G) for G in go]
    flat = lambda lists: [x for one in lists for x in one]
    less = lambda lists, b: [[x - b(i) for x in one] for i, one in enumerate(lists)]
    states = [[s for s, _, _ in ep] for ep in batch]
    minus = lambda table: [[G - table[s] for G, s in zip(*pair)] for pair in zip(go, states)]
    weighted = lambda lists: [[GAMMA**t * x for t, x in enumerate(one)] for one in lists]
    others = lambda lists: less(lists, lambda i: mean(flat(lists[:i] + lists[i + 1 :])))
    first = [G[0] for G in go]
    other_episodes = lambda i: mean(first[:i] + first[i + 1 :])

    def over_batch(lists):
        left = iter(whitened(flat(lists)))
        return [[next(left) for _ in one] for one in lists]

    def fitted():
        met = {}
        for G, s in zip(flat(go), flat(states)):
            met.setdefault(s, []).append(G)
        return {s: mean(all_of) for s, all_of in met.items()}

    return {
        "whole": lambda: whole,
        "whole-mean": lambda: less(whole, lambda _: mean(flat(whole))),
        "whole-episodes-mean": lambda: less(whole, lambda _: mean(first)),
        "whole-others": lambda: less(whole, other_episodes),
        "whole-whitened": lambda: over_batch(whole),
        "weighted": lambda: weighted(go),
        "weighted-others": lambda: weighted(others(go)),
        "weighted-value": lambda: weighted(minus(V)),
        "to-go": lambda: go,
        "to-go-mean": lambda: less(go, lambda _: mean(flat(go))),
        "to-go-others": lambda: others(go),
        "to-go-other-episodes": lambda: less(go, other_episodes),
        "episode-mean": lambda: less(go, lambda i: mean(go[i])),
        "value": lambda: minus(V),
        "wrong-value": lambda: minus(wrong),
        "fitted-value": lambda: minus(fitted()),
        "whitened-episode": lambda: [whitened(G) for G in go],
        "whitened": lambda: over_batch(go),
        "per-step": lambda: [[x * N / len(flat(go)) for x in G] for G in go],
        "td": lambda: [gae(ep, V, 0) for ep in batch],
        "td-wrong": lambda: [gae(ep, wrong, 0) for ep in batch],
        "gae-wrong": lambda: [gae(ep, wrong, 0.95) for ep in batch],
        "clipped": lambda: go,
    }[name]()


NAMES = """whole whole-mean whole-episodes-mean whole-others whole-whitened weighted weighted-others weighted-value to-go
to-go-mean to-go-others to-go-other-episodes episode-mean value wrong-value fitted-value whitened-episode whitened per-step
td td-wrong gae-wrong clipped""".split()


def moments(world):
    pi = [softmax(row) for row in world["logits"]]
    V = values(world, pi)
    wrong = [v + e for v, e in zip(V, world["e"])]
    actions = len(pi[0])
    every = [one for s, p in enumerate(world["start"]) if p > 0 for one in episodes(world, pi, s, p, [])]
    sums = {name: ([0.0] * (len(pi) * actions), [0.0]) for name in NAMES}
    for chosen in combinations_with_replacement(range(len(every)), N):
        probability = factorial(N)
        for i in set(chosen):
            probability *= every[i][0] ** chosen.count(i) / factorial(chosen.count(i))
        batch = [every[i][1] for i in chosen]
        for name in NAMES:
            g = [0.0] * (len(pi) * actions)
            for episode, A in zip(batch, advantages(name, batch, V, wrong)):
                for (s, a, _), x in zip(episode, A):
                    for b in range(actions):
                        g[s * actions + b] += ((a == b) - pi[s][b]) * x / N
            if name == "clipped":
                factor = min(1, 0.5 / (sqrt(sum(x * x for x in g)) + 1e-6))
                g = [x * factor for x in g]
            first, second = sums[name]
            for k, x in enumerate(g):
                first[k] += probability * x
            second[0] += probability * sum(x * x for x in g)
    return {name: first + [second[0] - sum(x * x for x in first)] for name, (first, second) in sums.items()}


results = {name: moments(world) for name, world in WORLDS.items()}
print("{")
for w, (world, rows) in enumerate(results.items()):
    print(f' "{world}": {{')
    for i, (name, numbers) in enumerate(rows.items()):
        print(f'  "{name}": {json.dumps([round(x, 12) + 0.0 for x in numbers])}' + ("," if i + 1 < len(rows) else ""))
    print(" }" + ("," if w + 1 < len(results) else ""))
print("}")
