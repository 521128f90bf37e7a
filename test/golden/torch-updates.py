"""Whole updates of PPO, A2C, VPG and actor-critic in PyTorch: the weights after them, and what they report.

Regenerate with   .venv/bin/python test/golden/torch-updates.py   (torch 2.15, numpy 2.4); it rewrites
test/golden/torch-updates.json.

Inputs are float32, computed with in float64; each answer is rounded once to float32. Weights are [in, out], the transpose
of PyTorch's, in the order of a learner's own. Four environments are played side by side; some of their episodes terminate,
some are truncated, and an episode that does neither at the last step goes on when the batch is full. Rows are stored one
environment after another, but the advantages are computed step by step over all environments at once, with the value of a
truncated episode's last observation added to its last reward.
"""

import json
import sys
from pathlib import Path

# Beside this file lie torch.py and numpy.py: without its folder on the path, the imports below find the libraries.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
import numpy as np  # noqa: E402
import torch  # noqa: E402
from torch import distributions as D  # noqa: E402

STEPS, ENVS, FEATURES, HIDDEN = 10, 4, 3, 5
TERMINATED = {(2, 0), (6, 0), (9, 1), (0, 3)}  # (step, environment)
TRUNCATED = {(4, 1), (7, 0), (5, 2), (8, 3)}
rng = np.random.default_rng(11)
exact = lambda values: torch.from_numpy(np.asarray(values, dtype=np.float32)).to(torch.float64)
normal = lambda *shape, scale=1.0: exact(scale * rng.standard_normal(shape))


def stored(value):
    """Tensors as shape and data, floats as the shortest decimals that give the same float32 back."""
    if isinstance(value, torch.Tensor):
        flat = value.detach().flatten()
        data = [float(str(np.float32(x))) for x in flat.tolist()] if value.is_floating_point() else flat.tolist()
        assert np.isfinite(data).all()
        return {"shape": list(value.shape), "data": data}
    if isinstance(value, dict):
        return {key: stored(item) for key, item in value.items()}
    return [stored(item) for item in value] if isinstance(value, list) else value


def by_environment(table):
    """[steps, environments, ...] to rows, all steps of the first environment first."""
    return table.transpose(0, 1).reshape(STEPS * ENVS, *table.shape[2:])


def layer(inputs, outputs):
    return [normal(inputs, outputs, scale=0.6), normal(outputs, scale=0.2)]


class Networks:
    """π and V of two layers each, or of one trunk; Gaussian with a learned ln σ where there is one."""

    def __init__(self, continuous, shared):
        self.continuous, self.shared = continuous, shared
        outputs = 2 if continuous else 3
        self.policy = layer(FEATURES, HIDDEN) + layer(HIDDEN, outputs) + ([exact([-0.3, 0.2])] if continuous else [])
        self.critic = layer(HIDDEN, 1) if shared else layer(FEATURES, HIDDEN) + layer(HIDDEN, 1)
        for p in self.policy + self.critic:
            p.requires_grad_(True)

    def pi(self, x):
        w0, b0, w1, b1, *rest = self.policy
        outputs = torch.tanh(x @ w0 + b0) @ w1 + b1
        if self.continuous:
            return D.Independent(D.Normal(outputs, rest[0].exp()), 1)
        return D.Categorical(logits=outputs)

    def v(self, x):
        hidden = torch.tanh(x @ self.policy[0] + self.policy[1]) if self.shared else torch.tanh(x @ self.critic[0] + self.critic[1])
        return (hidden @ self.critic[-2] + self.critic[-1]).squeeze(-1)


def played(networks):
    observations = normal(STEPS, ENVS, FEATURES)
    finals = {place: normal(FEATURES) for place in sorted(TERMINATED | TRUNCATED)}
    last = normal(ENVS, FEATURES)
    rewards = normal(STEPS, ENVS)
    with torch.no_grad():
        pi = networks.pi(observations)
        actions = exact(pi.sample()) if networks.continuous else pi.sample()
        old = pi.log_prob(actions) + normal(STEPS, ENVS, scale=0.15)
    segments, final_rows = [], []
    for e in range(ENVS):
        start = 0
        for t in range(STEPS):
            ended = (t, e) in finals
            if not ended and t < STEPS - 1:
                continue
            flags = [(t, e) in TERMINATED, (t, e) in TRUNCATED]
            segments.append([e * STEPS + start, e * STEPS + t + 1, *map(int, flags)])
            final_rows.append(finals[(t, e)] if ended else last[e])
            start = t + 1
    return observations, actions, rewards, exact(old), finals, last, segments, torch.stack(final_rows)


def advantages_of(networks, observations, rewards, finals, last, gamma, lam):
    """Generalised advantages, all environments at once; also the discounted rewards to go, bootstrapped where cut."""
    with torch.no_grad():
        values, following = networks.v(observations), networks.v(last)
        paid = rewards.clone()
        for t, e in TRUNCATED:
            paid[t, e] += gamma * networks.v(finals[(t, e)])
    goes_on = torch.ones(STEPS, ENVS, dtype=torch.float64)
    for place in finals:
        goes_on[place] = 0
    advantages, to_go = torch.zeros_like(paid), torch.zeros_like(paid)
    running, total = torch.zeros(ENVS, dtype=torch.float64), following.clone()
    for t in reversed(range(STEPS)):
        delta = paid[t] + gamma * following * goes_on[t] - values[t]
        running = delta + gamma * lam * goes_on[t] * running
        total = paid[t] + gamma * goes_on[t] * total
        advantages[t], to_go[t] = running, total
        following = values[t]
    return by_environment(values), by_environment(advantages), by_environment(to_go)


def explained(values, returns):
    return (1 - (returns - values).var(unbiased=False) / returns.var(unbiased=False)).item()


def whitened(x):
    return (x - x.mean()) / (x.std() + 1e-8)


def clipped(parameters, limit):
    return torch.nn.utils.clip_grad_norm_(parameters, limit if limit > 0 else float("inf")).item()


def ppo(n, x, actions, old_log_probs, o, values, advantages, _, orders):
    everything = n.policy + n.critic
    optimizer = torch.optim.Adam(everything, lr=o["learningRate"], eps=1e-5)
    returns, seen = advantages + values, []
    if o["normaliseAdvantages"] == "batch":
        advantages = whitened(advantages)
    for order in orders:
        for rows in torch.tensor(order).split(o["minibatchSize"]):
            a = whitened(advantages[rows]) if o["normaliseAdvantages"] == "minibatch" else advantages[rows]
            pi, now = n.pi(x[rows]), n.v(x[rows])
            log_ratio = pi.log_prob(actions[rows]) - old_log_probs[rows]
            ratio = log_ratio.exp()
            gain = torch.min(ratio * a, ratio.clamp(1 - o["clipRange"], 1 + o["clipRange"]) * a).mean()
            errors = (now - returns[rows]) ** 2
            if o["clipValues"]:
                near = values[rows] + (now - values[rows]).clamp(-o["clipRange"], o["clipRange"])
                errors = torch.max(errors, (near - returns[rows]) ** 2)
            value_loss, entropy = errors.mean(), pi.entropy().mean()
            loss = -gain + o["valueCoefficient"] * value_loss - o["entropyBonus"] * entropy
            optimizer.zero_grad()
            loss.backward()
            norm = clipped(everything, o["maxGradNorm"])
            optimizer.step()
            outside = ((ratio - 1).abs() > o["clipRange"]).double().mean().item()
            k3 = ((ratio - 1) - log_ratio).mean().item()
            seen.append([loss.item(), entropy.item(), norm, value_loss.item(), -log_ratio.mean().item(), k3, outside])
    names = ["loss", "entropy", "gradientNorm", "valueLoss", "klK1", "klK3", "clipFraction"]
    return {**dict(zip(names, np.mean(seen, axis=0).tolist())), "gradientSteps": len(seen), "explainedVariance": explained(values, returns)}


def a2c(n, x, actions, _, o, values, advantages, __, ___):
    everything = n.policy + n.critic
    kind = torch.optim.Adam if o["optimizer"] == "adam" else torch.optim.RMSprop
    optimizer = kind(everything, lr=o["learningRate"], eps=1e-5)
    returns = advantages + values
    if o["normaliseAdvantages"]:
        advantages = whitened(advantages)
    pi = n.pi(x)
    value_loss, entropy = ((n.v(x) - returns) ** 2).mean(), pi.entropy().mean()
    loss = -(pi.log_prob(actions) * advantages).mean() + o["valueCoefficient"] * value_loss - o["entropyBonus"] * entropy
    loss.backward()
    norm = clipped(everything, o["maxGradNorm"])
    optimizer.step()
    figures = {"loss": loss.item(), "entropy": entropy.item(), "gradientNorm": norm, "valueLoss": value_loss.item()}
    return {**figures, "explainedVariance": explained(values, returns)}


def two_optimizers(n, x, actions, _, o, values, advantages, to_go, __):
    """VPG, and with one value step and targets A + V the one-step actor-critic."""
    fitted = "valueSteps" in o
    targets = to_go if fitted else advantages + values
    optimizer = torch.optim.Adam(n.policy, lr=o["learningRate"])
    if o["normaliseAdvantages"]:
        advantages = whitened(advantages)
    pi = n.pi(x)
    entropy = pi.entropy().mean()
    loss = -(pi.log_prob(actions) * advantages).mean() - o["entropyBonus"] * entropy
    loss.backward()
    norm = clipped(n.policy, o["maxGradNorm"])
    optimizer.step()
    value_optimizer = torch.optim.Adam(n.critic, lr=o["valueLearningRate"])
    for _ in range(o.get("valueSteps", 1)):
        value_optimizer.zero_grad()
        value_loss = ((n.v(x) - targets) ** 2).mean()
        value_loss.backward()
        clipped(n.critic, o["maxGradNorm"])
        value_optimizer.step()
    figures = {"loss": loss.item(), "entropy": entropy.item(), "gradientNorm": norm, "valueLoss": value_loss.item()}
    return {**figures, "explainedVariance": explained(values, targets)}


PPO = {"gamma": 0.97, "lambda": 0.9, "clipRange": 0.1, "epochs": 2, "minibatchSize": 16, "learningRate": 0.01, "maxGradNorm": 0.5}
FIRST_STEP = {"gamma": 0.95, "learningRate": 0.02, "valueLearningRate": 0.05, "entropyBonus": 0.02}
CASES = [
    ("ppo", False, False, {**PPO, "clipValues": True, "normaliseAdvantages": "minibatch", "valueCoefficient": 0.5, "entropyBonus": 0.01}),
    ("ppo", True, False, {**PPO, "clipValues": False, "normaliseAdvantages": "batch", "valueCoefficient": 0.25, "entropyBonus": 0.02}),
    ("ppo", False, True, {**PPO, "clipValues": True, "normaliseAdvantages": "none", "valueCoefficient": 1.0, "entropyBonus": 0.0}),
    ("a2c", False, False, {"gamma": 0.97, "lambda": 1.0, "optimizer": "rmsprop", "learningRate": 0.01, "maxGradNorm": 0.5, "normaliseAdvantages": False, "valueCoefficient": 0.5, "entropyBonus": 0.01}),
    ("a2c", True, True, {"gamma": 0.9, "lambda": 0.9, "optimizer": "rmsprop", "learningRate": 0.01, "maxGradNorm": 0.0, "normaliseAdvantages": True, "valueCoefficient": 0.4, "entropyBonus": 0.0}),
    ("a2c", False, True, {"gamma": 0.97, "lambda": 0.5, "optimizer": "adam", "learningRate": 0.01, "maxGradNorm": 0.3, "normaliseAdvantages": False, "valueCoefficient": 0.5, "entropyBonus": 0.03}),
    ("vpg", True, False, {**FIRST_STEP, "lambda": 0.97, "maxGradNorm": 0.0, "normaliseAdvantages": True, "valueSteps": 5}),
    ("vpg", False, False, {**FIRST_STEP, "lambda": 0.5, "maxGradNorm": 0.2, "normaliseAdvantages": False, "valueSteps": 3}),
    ("actor-critic", False, False, {**FIRST_STEP, "maxGradNorm": 0.2, "normaliseAdvantages": False}),
    ("actor-critic", True, False, {**FIRST_STEP, "maxGradNorm": 0.0, "normaliseAdvantages": True}),
]


def main():
    updates = {"ppo": ppo, "a2c": a2c, "vpg": two_optimizers, "actor-critic": two_optimizers}
    torch.manual_seed(5)
    answers = []
    for name, continuous, shared, options in CASES:
        n = Networks(continuous, shared)
        before = [p.detach().clone() for p in n.policy + n.critic]
        observations, actions, rewards, old, finals, last, segments, final_rows = played(n)
        lam = options.get("lambda", 0.0)
        values, advantages, to_go = advantages_of(n, observations, rewards, finals, last, options["gamma"], lam)
        orders = [rng.permutation(STEPS * ENVS).tolist() for _ in range(options.get("epochs", 0))]
        rows = [by_environment(table) for table in (observations, actions, old)]
        figures = updates[name](n, *rows, options, values, advantages, to_go, orders)
        extra = {} if name in ("vpg", "actor-critic") else {"trunk": "shared" if shared else "separate"}
        batch = {"features": rows[0], "actions": rows[1], "logProbs": rows[2], "rewards": by_environment(rewards)}
        answers.append({
            "algorithm": name,
            "continuous": continuous,
            "options": {**options, **extra},
            "batch": {**batch, "segments": segments, "finalFeatures": final_rows},
            "orders": orders,
            "before": before,
            "after": n.policy + n.critic,
            "diagnostics": figures,
        })  # fmt: skip
    path = Path(__file__).with_name("torch-updates.json")
    path.write_text(json.dumps(stored(answers), separators=(",", ":")) + "\n")
    print(path.name, path.stat().st_size, "bytes")


main()
