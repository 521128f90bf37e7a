"""PyTorch's answers for the operations of language models, and for AdamW.

Regenerate with   .venv/bin/python test/golden/torch-language.py   (torch 2.15, numpy 2.4); it rewrites
test/golden/torch-language.json.

Inputs are float32, computed with in float64; each answer is rounded once to float32. A case stores the output of one
operation and the gradients of sum(output * outputGradient). A tensor is {"shape": [...], "data": [...]}, row-major.
"""

import json
import sys
from pathlib import Path

# Beside this file lie torch.py and numpy.py: without its folder on the path, the imports below find the libraries.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
import numpy as np  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

rng = np.random.default_rng(23)
exact = lambda values: torch.from_numpy(np.asarray(values, dtype=np.float32)).to(torch.float64)
normal = lambda *shape, scale=1.0: exact(scale * rng.standard_normal(shape))
whole = lambda high, *shape: torch.from_numpy(rng.integers(high, size=shape))


def stored(x):
    """Shape and data, the shortest decimals that give the same float32 back."""
    if not x.is_floating_point():
        return {"shape": list(x.shape), "data": x.flatten().tolist()}
    data = [float(str(np.float32(value))) for value in x.detach().flatten().tolist()]
    assert np.isfinite(data).all()
    return {"shape": list(x.shape), "data": data}


cases = []


def case(op, name, function, options=None, **inputs):
    live = {key: item.clone().requires_grad_() if item.is_floating_point() else item for key, item in inputs.items()}
    output = function(**live)
    seed = normal(*output.shape)
    (output * seed).sum().backward()
    gradients = {key: stored(item.grad) for key, item in live.items() if item.is_floating_point()}
    inputs = {key: stored(item) for key, item in inputs.items()}
    answer = {"output": stored(output), "outputGradient": stored(seed), "gradients": gradients}
    cases.append({"op": op, "name": name, "options": options or {}, "inputs": inputs, **answer})


embedding = lambda table, ids: F.embedding(ids, table)
case("embedding", "embedding, with repeated ids", embedding, table=normal(7, 5), ids=whole(7, 3, 6))
case("embedding", "embedding, one column", embedding, table=normal(4, 1), ids=whole(4, 9))

for shape, eps in (((4, 3, 19), 1e-5), ((2, 64), 1e-5), ((3, 5), 1e-3), ((2, 1), 1e-5)):
    norm = lambda x, gain, bias: F.layer_norm(x, [shape[-1]], gain, bias, eps)
    inputs = {"x": normal(*shape), "gain": normal(shape[-1]), "bias": normal(shape[-1])}
    case("layerNorm", f"layerNorm of {list(shape)}, eps {eps}", norm, {"eps": eps}, **inputs)


def attention(qkv, heads):
    b, t, c = qkv.shape[0], qkv.shape[1], qkv.shape[2] // 3
    q, k, v = (part.reshape(b, t, heads, c // heads).transpose(1, 2) for part in qkv.split(c, dim=2))
    y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    return y.transpose(1, 2).reshape(b, t, c)


for b, t, c, heads in ((1, 1, 2, 1), (2, 5, 6, 2), (2, 17, 8, 4), (1, 33, 6, 1)):
    causal = lambda qkv: attention(qkv, heads)
    case("causalAttention", f"causalAttention of [{b}, {t}, 3·{c}] with {heads} heads", causal, {"heads": heads}, qkv=normal(b, t, 3 * c))


def head(h, w, targets, temperature, bias=None):
    pi = torch.distributions.Categorical(logits=F.linear(h, w, bias) / temperature)
    some = (targets >= 0).to(h.dtype)
    return torch.stack([pi.log_prob(targets.clamp(min=0)) * some, pi.entropy() * some])


for m, v, c, temperature, biased in ((6, 11, 5, 1.0, False), (9, 19, 7, 0.7, True), (3, 2, 4, 2.5, False), (2, 1, 3, 1.0, True), (18, 20, 4, 1.0, False)):
    targets = whole(v, m)
    targets[1] = -1
    inputs = {"h": normal(m, c), "w": normal(v, c, scale=0.5), "targets": targets}
    if biased:
        inputs["bias"] = normal(v)
    run = lambda **given: head(temperature=temperature, **given)
    case("tokenLogProbs", f"tokenLogProbs of {m} rows and {v} tokens, temperature {temperature}", run, {"temperature": temperature}, **inputs)

for a_transposed in (False, True):
    for c_transposed in (False, True):
        inputs = {"a": normal(3, *((5, 4) if a_transposed else (4, 5))), "c": normal(3, *((6, 5) if c_transposed else (5, 6)))}
        turn = lambda x, yes: x.transpose(1, 2) if yes else x
        product = lambda a, c: torch.bmm(turn(a, a_transposed), turn(c, c_transposed))
        options = {"a": a_transposed, "c": c_transposed}
        case("batchedMatmul", f"batchedMatmul, transposed: {options}", product, options, **inputs)


def adamw(weight_decay):
    """A matrix that decays and a vector that does not, as parameter groups."""
    before = [normal(3, 4), normal(4)]
    live = [p.clone().requires_grad_() for p in before]
    groups = [{"params": [live[0]], "weight_decay": weight_decay}, {"params": [live[1]], "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=0.02, betas=(0.9, 0.95), eps=1e-8)
    slopes, after = [], []
    for _ in range(4):
        slopes.append([normal(3, 4), normal(4)])
        for p, slope in zip(live, slopes[-1]):
            p.grad = slope.clone()
        optimizer.step()
        after.append([p.detach().clone() for p in live])
    settings = {"learningRate": 0.02, "beta1": 0.9, "beta2": 0.95, "weightDecay": weight_decay}
    nested = lambda lists: [[stored(x) for x in one] for one in lists]
    return {**settings, "before": [stored(x) for x in before], "gradients": nested(slopes), "after": nested(after)}


path = Path(__file__).with_name("torch-language.json")
path.write_text(json.dumps({"cases": cases, "adamw": [adamw(0.1), adamw(0.5)]}) + "\n")
