"""A gated recurrent unit over sequences in which episodes begin: memory after each step, a loss, and all of its gradients.

Regenerate with   .venv/bin/python test/golden/torch-gru.py   (torch 2.15, numpy 2.4); it rewrites test/golden/torch-gru.json.

Three sequences of five steps, unrolled by PyTorch's own nn.GRU one step at a time, so that the memory of a sequence can be
emptied before a step. Inputs are float32, computed with in float64; each answer is rounded once to float32. Weights are
[in, 3 * size], the transpose of PyTorch's, with the thirds in PyTorch's order: reset, update, new. Rows are stored one
sequence after another.
"""

import json
import sys
from pathlib import Path

# Beside this file lie torch.py and numpy.py: without its folder on the path, the imports below find the libraries.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
import numpy as np  # noqa: E402
import torch  # noqa: E402

COPIES, STEPS = 3, 5
BEGINS = {(0, 2), (1, 0), (1, 3), (2, 4)}  # (sequence, step)
rng = np.random.default_rng(21)
exact = lambda values: torch.from_numpy(np.asarray(values, dtype=np.float32)).to(torch.float64)
normal = lambda *shape, scale=1.0: exact(scale * rng.standard_normal(shape))


def stored(x):
    """Shape and data, the shortest decimals that give the same float32 back."""
    data = [float(str(np.float32(value))) for value in x.detach().flatten().tolist()]
    assert np.isfinite(data).all()
    return {"shape": list(x.shape), "data": data}


def case(features, size):
    x = normal(COPIES * STEPS, features).requires_grad_()
    weights = [
        normal(features, 3 * size, scale=0.7),
        normal(3 * size, scale=0.3),
        normal(size, 3 * size, scale=0.7),
        normal(3 * size, scale=0.3),
    ]
    memory = normal(COPIES, size, scale=0.5)
    slopes = normal(COPIES * STEPS, size)
    begins = [int((row // STEPS, row % STEPS) in BEGINS) for row in range(COPIES * STEPS)]

    unit = torch.nn.GRU(features, size, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        for p, value in zip([unit.weight_ih_l0, unit.bias_ih_l0, unit.weight_hh_l0, unit.bias_hh_l0], weights):
            p.copy_(value.T if value.dim() == 2 else value)
    sequences = x.reshape(COPIES, STEPS, features)
    h = memory.unsqueeze(0)
    outputs = []
    for t in range(STEPS):
        kept = torch.tensor([0.0 if begins[copy * STEPS + t] else 1.0 for copy in range(COPIES)], dtype=torch.float64)
        output, h = unit(sequences[:, t : t + 1], h * kept.reshape(1, COPIES, 1))
        outputs.append(output)
    y = torch.cat(outputs, dim=1).reshape(COPIES * STEPS, size)
    loss = (y * slopes).sum() + 0.5 * (y * y).mean()
    loss.backward()
    gradients = [unit.weight_ih_l0.grad.T, unit.bias_ih_l0.grad, unit.weight_hh_l0.grad.T, unit.bias_hh_l0.grad]
    return {
        "x": stored(x),
        "weights": [stored(value) for value in weights],
        "memory": stored(memory),
        "begins": begins,
        "slopes": stored(slopes),
        "y": stored(y),
        "loss": float(str(np.float32(loss.item()))),
        "xGradient": stored(x.grad),
        "gradients": [stored(value) for value in gradients],
    }


cases = [case(3, 4), case(1, 1), case(5, 17)]
path = Path(__file__).with_name("torch-gru.json")
path.write_text(json.dumps({"copies": COPIES, "steps": STEPS, "cases": cases}) + "\n")
