"""PyTorch's answers for distributions beyond the plain categorical and Gaussian, and for RMSprop.

Regenerate with   .venv/bin/python test/golden/torch-distributions.py   (torch 2.15, numpy 2.4); it rewrites
test/golden/torch-distributions.json.

Inputs are float32, computed with in float64; each answer is rounded once to float32. The gradients are those of
Σ (log-probability + 0.5 · entropy) · weight, a weight a row, and, where there is one, of Σ kl.
"""

import json
import sys
from pathlib import Path

# Beside this file lie torch.py and numpy.py: without its folder on the path, the imports below find the libraries.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
import numpy as np  # noqa: E402
import torch  # noqa: E402
from torch import distributions as D  # noqa: E402

rng = np.random.default_rng(7)
exact = lambda values: torch.from_numpy(np.asarray(values, dtype=np.float32)).to(torch.float64)
normal = lambda *shape, scale=1.0: exact(scale * rng.standard_normal(shape))
learned = lambda *tensors: [t.clone().requires_grad_(True) for t in tensors]


def stored(value):
    """Tensors as shape and data, floats as the shortest decimals that give the same float32 back."""
    if isinstance(value, torch.Tensor):
        flat = value.detach().flatten()
        short = lambda x: float(str(np.float32(x)))
        data = [short(x) for x in flat.tolist()] if value.is_floating_point() else flat.to(torch.int64).tolist()
        assert np.isfinite(data).all()
        return {"shape": list(value.shape), "data": data}
    if isinstance(value, dict):
        return {key: stored(item) for key, item in value.items()}
    return [stored(item) for item in value] if isinstance(value, list) else value


def measured(log_prob, entropy, learned_inputs):
    weights = normal(len(log_prob))
    gradients = torch.autograd.grad(((log_prob + 0.5 * entropy) * weights).sum(), learned_inputs, retain_graph=True)
    return {"logProbs": log_prob, "entropies": entropy, "weights": weights, "gradients": list(gradients)}


def divergence(p, q, learned_inputs):
    kl = D.kl_divergence(p, q)
    return {"kl": kl, "klGradients": list(torch.autograd.grad(kl.sum(), learned_inputs))}


def masked_categorical():
    cases = []
    for n in (3, 18):
        (logits,) = learned(normal(6, n, scale=2))
        mask = torch.from_numpy(rng.random((6, n)) < 0.5)
        mask[:, 1] = True
        mask[0] = torch.arange(n) == 1  # one action left
        mask[1] = True  # all of them
        # PyTorch's own answer for a row of what is left, so that no large number stands in for impossibility.
        actions, log_probs, entropies = [], [], []
        for row, open_ in zip(logits, mask):
            left = D.Categorical(logits=row[open_])
            index = int(rng.integers(int(open_.sum())))
            actions.append(int(torch.nonzero(open_)[index]))
            log_probs.append(left.log_prob(torch.tensor(index)))
            entropies.append(left.entropy())
        cases.append(
            {"logits": logits, "mask": mask.to(torch.int64), "actions": torch.tensor(actions)}
            | measured(torch.stack(log_probs), torch.stack(entropies), [logits])
        )
    return cases


def multi_categorical():
    nvec = [3, 2, 5]
    logits, other = learned(normal(6, 10, scale=2), normal(6, 10, scale=2))
    actions = torch.stack([torch.from_numpy(rng.integers(n, size=6)) for n in nvec], -1)
    choices, others = ([D.Categorical(logits=part) for part in x.split(nvec, -1)] for x in (logits, other))
    log_prob = sum(choice.log_prob(actions[:, g]) for g, choice in enumerate(choices))
    kl = sum(D.kl_divergence(p, q) for p, q in zip(choices, others))
    return {
        "nvec": nvec,
        "logits": logits,
        "other": other,
        "actions": actions,
        **measured(log_prob, sum(choice.entropy() for choice in choices), [logits]),
        "kl": kl,
        "klGradients": list(torch.autograd.grad(kl.sum(), [logits, other])),
    }


def bernoulli():
    logits, other = learned(normal(6, 4, scale=3), normal(6, 4, scale=3))
    with torch.no_grad():
        logits[0] = exact([30, -30, 12, 0])
    actions = torch.from_numpy(rng.integers(2, size=(6, 4)))
    p, q = (D.Independent(D.Bernoulli(logits=x), 1) for x in (logits, other))
    answers = measured(p.log_prob(actions.to(torch.float64)), p.entropy(), [logits])
    return {"logits": logits, "other": other, "actions": actions, **answers, **divergence(p, q, [logits, other])}


def squashed(log_std):
    mean, log_std = learned(normal(6, 2), exact(log_std))
    u = mean.detach() + log_std.detach().exp() * normal(6, 2)
    with torch.no_grad():
        mean[0], u[0] = exact([14, -14]), exact([15, -13.5])  # where tanh u is 1 in float32
    u = exact(u)
    normals = D.Normal(mean, log_std.exp().expand_as(mean))
    tanh = D.TanhTransform(cache_size=1)  # remembers the u of each a, so nothing is inverted
    pi = D.Independent(D.TransformedDistribution(normals, [tanh]), 1)
    log_prob = pi.log_prob(tanh(u))
    # The entropy as an integral over 20,001 points.
    x = torch.linspace(-9, 9, 20001, dtype=torch.float64)
    weights = torch.exp(-0.5 * x * x)
    at = mean.unsqueeze(-1) + log_std.exp().unsqueeze(-1) * x
    slopes = (2 * (np.log(2) - at - torch.nn.functional.softplus(-2 * at, threshold=1e9)) * (weights / weights.sum())).sum(-1)
    entropy = (normals.entropy() + slopes).sum(-1)
    return {"mean": mean, "logStd": log_std, "actions": u, **measured(log_prob, entropy, [mean, log_std])}


def state_dependent(size, log_std):
    features, d = normal(6, size), 2
    mean, log_std, other_mean, other_log_std = learned(
        normal(6, d), exact(log_std + 0.3 * normal(size, d)), normal(6, d), exact(log_std + 0.3 * normal(size, d))
    )
    features[0] = 0
    at = lambda mean, log_std: D.Independent(D.Normal(mean, torch.sqrt(torch.mm(features**2, log_std.exp() ** 2) + 1e-6)), 1)
    p, q = at(mean, log_std), at(other_mean, other_log_std)
    actions = exact(mean.detach() + p.base_dist.scale.detach() * normal(6, d))
    exploration = normal(size, d)
    return {
        "features": features,
        "mean": mean,
        "logStd": log_std,
        "otherMean": other_mean,
        "otherLogStd": other_log_std,
        "actions": actions,
        "exploration": exploration,
        "sample": mean + torch.mm(features, exploration),
        **measured(p.log_prob(actions), p.entropy(), [mean, log_std]),
        **divergence(p, q, [mean, log_std, other_mean, other_log_std]),
    }


def rmsprop(alpha, eps):
    """Four steps down a bowl whose centre moves; the second number has no slope in the first two."""
    (p,) = learned(normal(5))
    before, optimizer = p.detach().clone(), torch.optim.RMSprop([p], lr=0.01, alpha=alpha, eps=eps)
    gradients, after, squares = [], [], []
    for step in range(4):
        gradient = exact(normal(5, scale=3.0))
        if step < 2:
            gradient[1] = 0
        p.grad = gradient
        optimizer.step()
        gradients.append(gradient)
        after.append(p.detach().clone())
        squares.append(optimizer.state[p]["square_avg"].clone())
    return {"alpha": alpha, "eps": eps, "learningRate": 0.01, "before": before, "gradients": gradients, "after": after, "squares": squares}


content = {
    "torch": torch.__version__.split("+")[0],
    "maskedCategorical": masked_categorical(),
    "multiCategorical": [multi_categorical()],
    "bernoulli": [bernoulli()],
    "squashedGaussian": [squashed([-0.5, 0.25]), squashed([-2, 0.7])],
    "gsde": [state_dependent(4, -2.0), state_dependent(19, 0.0)],
    "rmsprop": [rmsprop(0.99, 1e-5), rmsprop(0.9, 1e-8)],
}
lines = lambda value: ",\n".join(f"  {json.dumps(key)}: {json.dumps(stored(item))}" for key, item in value.items())
path = Path(__file__).resolve().with_suffix(".json")
path.write_text("{\n" + lines(content) + "\n}\n")
print(f"{path.name}: {path.stat().st_size} bytes")
