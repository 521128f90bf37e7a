"""PyTorch on one thread at the work of ../workload.mjs; prints one line of JSON."""

import json
import math
import os
import statistics
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from torch.distributions import Categorical  # noqa: E402

torch.set_num_threads(1)
SIZES, STEPS = (4, 128, 128, 2), 512
GEMMS = ((64, 64, 64), (256, 64, 64), (512, 128, 128), (512, 512, 512))


def seconds_per_call(work, warmup=0.3, batches=15, batch_seconds=0.06):
    def timed(calls):
        start = time.perf_counter()
        for _ in range(calls):
            work()
        return time.perf_counter() - start

    end, calls, taken = time.perf_counter() + warmup, 1, timed(1)
    while time.perf_counter() < end or taken < batch_seconds / 2:
        if taken < batch_seconds / 2:
            calls *= 2
        taken = timed(calls)
    calls = max(1, round(calls * batch_seconds / taken))
    return statistics.median(timed(calls) / calls for _ in range(batches))


def uniforms(seed):
    state = seed

    def draw(count):
        nonlocal state
        numbers = np.empty(count, np.float32)
        for i in range(count):
            state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
            numbers[i] = (state >> 8) / 2**23 - 1
        return numbers

    return draw


def policy():
    draw, layers = uniforms(1), []
    for fan_in, fan_out in zip(SIZES, SIZES[1:]):
        layer, bound = torch.nn.Linear(fan_in, fan_out), np.float32(1 / math.sqrt(fan_in))
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(draw(fan_in * fan_out) * bound).reshape(fan_in, fan_out).t())
            layer.bias.copy_(torch.from_numpy(draw(fan_out) * bound))
        layers += [layer, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def batch():
    draw = uniforms(2)
    observations = draw(STEPS * SIZES[0]).reshape(STEPS, SIZES[0])
    actions = (draw(STEPS) >= 0).astype(np.int64)
    return observations, actions, draw(STEPS)


def updater(**adam):
    """One update as in ../workload.mjs. Log-softmax and gather, which is faster here than a Categorical."""
    model, (observations, actions, advantages) = policy(), batch()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, **adam)
    parameters = list(model.parameters())

    def update():
        chosen = torch.from_numpy(actions).unsqueeze(1)
        log_probs = F.log_softmax(model(torch.from_numpy(observations)), 1).gather(1, chosen).squeeze(1)
        loss = -(log_probs * torch.from_numpy(advantages)).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        return loss.item()

    return update


def acting():
    """Seconds for one action, from the ways that scripts do it to the least that PyTorch can do."""
    model, rows = policy(), batch()[0]
    turn = 0

    def observation():
        nonlocal turn
        turn = (turn + 1) % STEPS
        return torch.from_numpy(rows[turn])

    def categorical(validate=None):
        pi = Categorical(logits=model(observation()), validate_args=validate)
        action = pi.sample()
        return action.item(), pi.log_prob(action)

    def lecture():
        pi = Categorical(F.softmax(model(observation().unsqueeze(0)), dim=-1))
        action = pi.sample()
        return action.item(), pi.log_prob(action)

    def without_graph():
        with torch.no_grad():
            return categorical()

    (w1, b1), (w2, b2), (w3, b3) = [(layer.weight.detach(), layer.bias.detach()) for layer in model if hasattr(layer, "weight")]

    def barest():
        with torch.inference_mode():
            hidden = F.linear(observation(), w1, b1).relu_()
            hidden = F.linear(hidden, w2, b2).relu_()
            return torch.multinomial(F.linear(hidden, w3, b3).softmax(0), 1).item()

    def inference():
        with torch.inference_mode():
            return torch.multinomial(F.softmax(model(observation()), dim=-1), 1).item()

    def inference_batched():
        with torch.inference_mode():
            return torch.multinomial(F.softmax(model(observation().unsqueeze(0)), dim=-1), 1).item()

    return {
        "act_graph_us": 1e6 * seconds_per_call(categorical),
        "act_graph_unvalidated_us": 1e6 * seconds_per_call(lambda: categorical(False)),
        "act_lecture_us": 1e6 * seconds_per_call(lecture),
        "act_no_grad_us": 1e6 * seconds_per_call(without_graph),
        "act_inference_us": 1e6 * seconds_per_call(inference),
        "act_inference_batched_us": 1e6 * seconds_per_call(inference_batched),
        "act_barest_us": 1e6 * seconds_per_call(barest),
    }


def gemm(m, n, k):
    a, b, out = torch.rand(m, k), torch.rand(k, n), torch.empty(m, n)
    return 2e-9 * m * n * k / seconds_per_call(lambda: torch.mm(a, b, out=out), warmup=0.1)


update = updater()
losses = [update() for _ in range(10)]
metrics = {f"gemm_{m}x{n}x{k}_gflops": gemm(m, n, k) for m, n, k in GEMMS}
metrics |= acting()
for label, options in {"default": {}, "foreach": {"foreach": True}, "fused": {"fused": True}}.items():
    metrics[f"update_{label}_ms"] = 1e3 * seconds_per_call(updater(**options))
print(
    json.dumps(
        {
            "name": "torch",
            "versions": {"python": ".".join(map(str, __import__("sys").version_info[:3])), "torch": torch.__version__, "numpy": np.__version__},
            "metrics": metrics,
            "check": {"firstLoss": losses[0], "tenthLoss": losses[9]},
        }
    )
)
