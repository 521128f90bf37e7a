"""PyTorch's answers, for the tests of tensor, nn, distributions, optim and (later) PPO.

Regenerate with   .venv/bin/python test/golden/torch.py   (torch 2.15, numpy 2.4); it rewrites test/golden/torch-*.json.

Inputs are float32. PyTorch computes with them in float64 and each answer is rounded once to float32, so a stored
number carries no rounding error of PyTorch's own; the script also runs everything in float32 and refuses to
write if PyTorch itself does not come within TOLERANCE of what is stored.
A tensor is {"shape": [...], "data": [...]}, row-major; the decimals give back the same float32. Weights are
[in, out] as in y = x W + b, the transpose of PyTorch's.
"""

import json
import math
import sys
from pathlib import Path

import numpy as np

# This file is called torch.py too: without its folder on the path, `import torch` finds the library.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from torch import distributions as D  # noqa: E402

HERE = Path(__file__).resolve().parent
TOLERANCE = 2e-5  # of float32 PyTorch against float64 PyTorch, relative to the largest number of a tensor or to 1
torch.use_deterministic_algorithms(True)


class Maker:
    """Random float32 inputs, handed to PyTorch in the precision of this pass."""

    def __init__(self, dtype, seed):
        self.dtype = dtype
        self.rng = np.random.default_rng(seed)

    def normal(self, *shape, scale=1.0):
        return self.exact((scale * self.rng.standard_normal(shape)).astype(np.float32))

    def uniform(self, low, high, *shape):
        return self.exact(self.rng.uniform(low, high, shape).astype(np.float32))

    def integers(self, high, *shape):
        return torch.from_numpy(self.rng.integers(high, size=shape))

    def flags(self, probability, *shape):
        return torch.from_numpy(self.rng.random(shape) < probability)

    def exact(self, values):
        return torch.from_numpy(np.asarray(values, dtype=np.float32)).to(self.dtype)


def plain(value):
    """Tensors to lists, everything else as it is. Booleans become 0 and 1."""
    if isinstance(value, torch.Tensor):
        value = value.detach()
        data = value.to(torch.float64).flatten().tolist() if value.is_floating_point() else value.to(torch.int64).flatten().tolist()
        return {"shape": list(value.shape), "data": data}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def number(x):
    return float(x.detach()) if isinstance(x, torch.Tensor) else float(x)


# --- a. and b. Policies: loss, gradients, clipping, optimiser steps -----------------------------------------------


def mlp(make, sizes):
    """Weights [in, out] and biases, alternating. Uniform in +-1/sqrt(fan in), like PyTorch's Linear."""
    parameters = []
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        bound = 1 / math.sqrt(fan_in)
        parameters += [make.uniform(-bound, bound, fan_in, fan_out), make.uniform(-bound, bound, fan_out)]
    return parameters


def forward(parameters, x, activation):
    """The network through torch.nn.functional.linear, which wants [out, in]."""
    layers = list(zip(parameters[0::2], parameters[1::2]))
    for index, (weight, bias) in enumerate(layers):
        x = F.linear(x, weight.t(), bias)
        if index < len(layers) - 1:
            x = {"relu": torch.relu, "tanh": torch.tanh}[activation](x)
    return x


def leaves(parameters):
    return [p.clone().requires_grad_(True) for p in parameters]


def gradients(loss, parameters):
    for p in parameters:
        p.grad = None
    loss.backward()
    return [torch.zeros_like(p) if p.grad is None else p.grad.clone() for p in parameters]


def torch_optimizer(kind, parameters):
    if kind["kind"] == "adam":
        return torch.optim.Adam(parameters, lr=kind["learningRate"], betas=(kind["beta1"], kind["beta2"]), eps=kind["epsilon"])
    return torch.optim.SGD(parameters, lr=kind["learningRate"], momentum=kind["momentum"])


ADAM = {"kind": "adam", "learningRate": 1e-2, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
ADAM_1E5 = {**ADAM, "epsilon": 1e-5}
SGD = {"kind": "sgd", "learningRate": 0.1, "momentum": 0.0}
MOMENTUM = {"kind": "sgd", "learningRate": 0.1, "momentum": 0.9}


def three_steps(parameters, loss_of, max_norm, optimizers):
    """Three updates with each optimiser, every one clipped to max_norm, each starting from `parameters`."""
    runs = []
    for kind in optimizers:
        live = leaves(parameters)
        optimizer = torch_optimizer(kind, live)
        losses, norms, after = [], [], []
        for _ in range(3):
            optimizer.zero_grad()
            loss = loss_of(live)["loss"]
            loss.backward()
            norms.append(number(torch.nn.utils.clip_grad_norm_(live, max_norm)))
            optimizer.step()
            losses.append(number(loss))
            after.append([p.clone() for p in live])
        runs.append({"optimizer": kind, "losses": losses, "gradNorms": norms, "parametersAfter": after})
    return runs


def policy_case(settings, inputs, parameters, loss_of, optimizers):
    live = leaves(parameters)
    out = loss_of(live)
    raw = gradients(out["loss"], live)
    norm = torch.nn.utils.clip_grad_norm_(live, settings["maxGradNorm"])
    return {
        **settings,
        **inputs,
        "parameters": parameters,
        **{key: (number(item) if item.dim() == 0 else item) for key, item in out.items()},
        "gradients": raw,
        "gradNorm": number(norm),
        "clippedGradients": [p.grad.clone() for p in live],
        "runs": three_steps(parameters, loss_of, settings["maxGradNorm"], optimizers),
    }


def categorical_case(make, name, activation, advantage_scale, optimizers):
    settings = {"name": name, "sizes": [4, 16, 16, 2], "activation": activation, "entropyCoefficient": 0.01, "maxGradNorm": 0.5}
    parameters = mlp(make, settings["sizes"])
    inputs = {"observations": make.normal(12, 4), "actions": make.integers(2, 12), "advantages": make.normal(12, scale=advantage_scale)}

    def loss_of(live):
        logits = forward(live, inputs["observations"], activation)
        pi = D.Categorical(logits=logits)
        log_probs, entropies = pi.log_prob(inputs["actions"]), pi.entropy()
        loss = -(log_probs * inputs["advantages"]).mean() - settings["entropyCoefficient"] * entropies.mean()
        return {"logits": logits, "logProbs": log_probs, "entropies": entropies, "loss": loss}

    return policy_case(settings, inputs, parameters, loss_of, optimizers)


def gaussian_case(make, name, activation, advantage_scale, optimizers):
    """parameters[-1] is the log standard deviation, one a dimension, the same in every state."""
    settings = {"name": name, "sizes": [3, 16, 2], "activation": activation, "entropyCoefficient": 0.01, "maxGradNorm": 0.5}
    parameters = [*mlp(make, settings["sizes"]), make.exact([-0.5, 0.25])]
    inputs = {"observations": make.normal(12, 3), "actions": make.normal(12, 2), "advantages": make.normal(12, scale=advantage_scale)}

    def loss_of(live):
        means = forward(live[:-1], inputs["observations"], activation)
        pi = D.Independent(D.Normal(means, live[-1].exp().expand_as(means)), 1)
        log_probs, entropies = pi.log_prob(inputs["actions"]), pi.entropy()
        loss = -(log_probs * inputs["advantages"]).mean() - settings["entropyCoefficient"] * entropies.mean()
        return {"means": means, "logProbs": log_probs, "entropies": entropies, "loss": loss}

    return policy_case(settings, inputs, parameters, loss_of, optimizers)


def value_case(make, name, loss_name):
    """Mean squared error, or Huber's loss with delta 1 (quadratic within 1 of the target, linear beyond), mean over the batch."""
    settings = {"name": name, "sizes": [3, 16, 1], "activation": "tanh", "lossFunction": loss_name, "maxGradNorm": 0.5}
    parameters = mlp(make, settings["sizes"])
    inputs = {"observations": make.normal(12, 3), "returns": make.normal(12, scale=2.0)}

    def loss_of(live):
        values = forward(live, inputs["observations"], "tanh").squeeze(-1)
        function = {"mse": F.mse_loss, "huber": F.huber_loss}[loss_name]
        return {"values": values, "loss": function(values, inputs["returns"])}

    return policy_case(settings, inputs, parameters, loss_of, [ADAM])


def policies(dtype):
    make = Maker(dtype, 1)
    return {
        "categorical": {
            "cases": [
                categorical_case(make, "relu, clipped", "relu", 3.0, [ADAM, ADAM_1E5, SGD, MOMENTUM]),
                categorical_case(make, "tanh, norm below the bound", "tanh", 0.2, [ADAM]),
            ]
        },
        "gaussian": {
            "cases": [
                gaussian_case(make, "tanh, clipped", "tanh", 2.0, [ADAM, ADAM_1E5, SGD, MOMENTUM]),
                gaussian_case(make, "relu, norm below the bound", "relu", 0.05, [ADAM]),
            ],
            "values": [value_case(make, "mean squared error", "mse"), value_case(make, "Huber", "huber")],
        },
    }


# --- c. Operations ------------------------------------------------------------------------------------------------


def operations(dtype):
    """Each case: output = op(inputs, options); gradients are those of sum(output * outputGradient)."""
    make = Maker(dtype, 2)
    cases = []

    def case(op, inputs, function, options=None, name=None):
        live = {key: (item.clone().requires_grad_(True) if item.is_floating_point() else item) for key, item in inputs.items()}
        output = function(*live.values())
        seed = make.normal(*output.shape)
        (output * seed).sum().backward()
        wanted = {key: item.grad for key, item in live.items() if item.requires_grad}
        cases.append(
            {"op": op, "name": name or op, "options": options or {}, "inputs": inputs, "output": output, "outputGradient": seed, "gradients": wanted}
        )

    activations = {
        "none": lambda x: x,
        "relu": torch.relu,
        "tanh": torch.tanh,
        "gelu-tanh": lambda x: F.gelu(x, approximate="tanh"),
        "gelu-erf": F.gelu,
    }
    for activation, function in activations.items():
        inputs = {"x": make.normal(5, 4), "weight": make.normal(4, 3), "bias": make.normal(3)}
        run = lambda x, weight, bias, f=function: f(F.linear(x, weight.t(), bias))
        case("linear", inputs, run, {"activation": activation}, f"linear, {activation}")
    wide = {"x": make.normal(3, 19), "weight": make.normal(19, 33), "bias": make.normal(33)}
    case("linear", wide, lambda x, weight, bias: torch.relu(F.linear(x, weight.t(), bias)), {"activation": "relu"}, "linear, relu, sizes that fill no 16 lanes")
    case("matmul", {"a": make.normal(3, 5), "b": make.normal(5, 4)}, torch.matmul)
    case("matmul", {"a": make.normal(1, 17), "b": make.normal(17, 2)}, torch.matmul, name="matmul, one row")

    arithmetic = {"add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div}
    for op, function in arithmetic.items():
        case(op, {"a": make.normal(3, 4), "b": make.uniform(0.5, 2, 3, 4)}, function, name=f"{op}, same shape")
        case(op, {"a": make.normal(3, 4), "b": make.uniform(0.5, 2, 4)}, function, name=f"{op}, a row")
        case(op, {"a": make.normal(3, 4), "b": make.uniform(0.5, 2)}, function, name=f"{op}, a scalar")

    some = lambda: make.normal(4, 5, scale=1.5)
    positive = lambda: make.uniform(0.05, 4, 4, 5)
    case("neg", {"x": some()}, torch.neg)
    case("exp", {"x": some()}, torch.exp)
    case("log", {"x": positive()}, torch.log)
    case("sqrt", {"x": positive()}, torch.sqrt)
    case("square", {"x": some()}, torch.square)
    case("abs", {"x": some()}, torch.abs)
    case("tanh", {"x": some()}, torch.tanh)
    case("tanh", {"x": make.exact([-30, -9, -1e-4, 0, 1e-4, 9, 30])}, torch.tanh, name="tanh, saturated and tiny")
    case("sigmoid", {"x": some()}, torch.sigmoid)
    case("relu", {"x": make.exact([-2, -1e-30, 0, 1e-30, 3])}, torch.relu)
    case("gelu", {"x": some()}, activations["gelu-tanh"], {"approximate": "tanh"}, "gelu, tanh approximation")
    case("gelu", {"x": some()}, activations["gelu-erf"], {"approximate": "none"}, "gelu, with erf")
    # PyTorch takes softplus(x) = x beyond its threshold of 20; lifted, so that the stored value is log(1 + exp(x)).
    case("softplus", {"x": some()}, lambda x: F.softplus(x, threshold=1e9))
    case("softplus", {"x": make.exact([-80, -20, -1e-3, 0, 1e-3, 20, 80])}, lambda x: F.softplus(x, threshold=1e9), name="softplus, far out")

    at_bounds = make.exact([[-3, -1, -0.5], [0, 0.25, 0.5], [0.75, 2, 5]])
    case("clamp", {"x": at_bounds}, lambda x: x.clamp(-1, 0.75), {"min": -1, "max": 0.75}, "clamp, with elements on both bounds")
    for op, function in {"minimum": torch.minimum, "maximum": torch.maximum}.items():
        case(op, {"a": make.normal(3, 4), "b": make.normal(3, 4)}, function)
        case(op, {"a": make.exact([1, 2, 3, -1]), "b": make.exact([1, 3, 2, -1])}, function, name=f"{op}, with ties")
    chosen = {"condition": make.flags(0.5, 3, 4), "a": make.normal(3, 4), "b": make.normal(3, 4)}
    case("where", chosen, torch.where)

    for op in ("logSoftmax", "softmax"):
        function = {"logSoftmax": F.log_softmax, "softmax": F.softmax}[op]
        case(op, {"x": make.normal(4, 3, scale=2)}, lambda x, f=function: f(x, -1))
        far = make.exact([[1000, 0, -1000], [-1000, -1000, -1000], [50, 49, 48]])
        case(op, {"x": far}, lambda x, f=function: f(x, -1), name=f"{op}, far apart")
        case(op, {"x": make.normal(3, 1)}, lambda x, f=function: f(x, -1), name=f"{op}, one class")
        case(op, {"x": make.normal(2, 21)}, lambda x, f=function: f(x, -1), name=f"{op}, 21 classes")
    picked = lambda x, index: x.gather(-1, index.unsqueeze(-1)).squeeze(-1)
    case("gather", {"x": make.normal(6, 3), "index": make.integers(3, 6)}, picked)
    case("gather", {"x": make.normal(2, 3, 4), "index": make.integers(4, 2, 3)}, picked, name="gather, three axes")

    for axis in (None, 0, 1, -1):
        options = {"axis": axis}
        label = "all" if axis is None else f"axis {axis}"
        case("sum", {"x": make.normal(3, 5)}, lambda x: x.sum() if axis is None else x.sum(axis), options, f"sum, {label}")
        case("mean", {"x": make.normal(3, 5)}, lambda x: x.mean() if axis is None else x.mean(axis), options, f"mean, {label}")
        for ddof in (0, 1):
            both = {"axis": axis, "ddof": ddof}
            case("variance", {"x": make.normal(3, 5)}, lambda x: x.var(axis, correction=ddof), both, f"variance, {label}, ddof {ddof}")
    case("sum", {"x": make.normal(2, 3, 4)}, lambda x: x.sum(1), {"axis": 1}, "sum, the middle axis of three")
    case("mean", {"x": make.normal(2, 3, 4)}, lambda x: x.mean(1), {"axis": 1}, "mean, the middle axis of three")
    case("variance", {"x": make.exact(10000 + make.rng.standard_normal(50))}, lambda x: x.var(correction=1), {"axis": None, "ddof": 1}, "variance, far from zero")

    pair = lambda: {"a": make.normal(2, 3), "b": make.normal(2, 3)}
    for axis in (0, 1):
        case("concat", {"a": make.normal(2, 3), "b": make.normal(*((4, 3) if axis == 0 else (2, 1)))}, lambda a, b: torch.cat([a, b], axis), {"axis": axis}, f"concat, axis {axis}")
        case("stack", pair(), lambda a, b: torch.stack([a, b], axis), {"axis": axis}, f"stack, axis {axis}")
        case("slice", {"x": make.normal(5, 6)}, lambda x: x.narrow(axis, 1, 3), {"axis": axis, "start": 1, "end": 4}, f"slice, axis {axis}")
    case("stack", {"a": make.normal(), "b": make.normal()}, lambda a, b: torch.stack([a, b]), {"axis": 0}, "stack, scalars")
    case("reshape", {"x": make.normal(4, 6)}, lambda x: x.reshape(2, 12), {"shape": [2, 12]})
    case("transpose", {"x": make.normal(4, 6)}, lambda x: x.t())
    return {"cases": cases}


# --- d. GAE and PPO -----------------------------------------------------------------------------------------------


def gae(make, gamma, lam):
    """[steps, environments]. A terminated step bootstraps nothing, a truncated one the value of its final observation."""
    steps, environments = 12, 3
    rewards, values = make.normal(steps, environments), make.normal(steps, environments)
    last_values = make.normal(environments)
    terminated, truncated = make.flags(0.12, steps, environments), make.flags(0.15, steps, environments)
    terminated[5, 0], truncated[5, 0] = True, True  # both at once: terminal wins
    terminated[8, 1], truncated[8, 1] = False, True
    terminated[11, 2], truncated[11, 2] = True, False  # the batch ends on a terminal step
    terminated[11, 1], truncated[11, 1] = False, True  # and on a truncated one
    terminated[11, 0], truncated[11, 0] = False, False  # and in mid-episode
    finals = make.normal(steps, environments) * (truncated & ~terminated)
    advantages = torch.zeros_like(rewards)
    for e in range(environments):  # straight from the definition: sum over the rest of the episode of (gamma lambda)^k delta
        for t in range(steps):
            weight, total = 1.0, 0.0
            for k in range(t, steps):
                ended = bool(terminated[k, e] or truncated[k, e])
                if terminated[k, e]:
                    following = 0.0
                elif truncated[k, e]:
                    following = finals[k, e]
                else:
                    following = values[k + 1, e] if k + 1 < steps else last_values[e]
                total = total + weight * (rewards[k, e] + gamma * following - values[k, e])
                weight *= gamma * lam
                if ended:
                    break
            advantages[t, e] = total
    return {
        "gamma": gamma,
        "lambda": lam,
        "rewards": rewards,
        "values": values,
        "lastValues": last_values,
        "terminated": terminated,
        "truncated": truncated,
        "finalValues": finals,
        "advantages": advantages,
        "returns": advantages + values,
    }


def ppo(make, name, clip_value, normalize):
    """Policy and value networks apart. loss = policyLoss + 0.5 valueLoss - 0.01 entropy; valueLoss is a plain mean of squares."""
    settings = {
        "name": name,
        "policySizes": [4, 16, 2],
        "valueSizes": [4, 16, 1],
        "activation": "tanh",
        "clipRange": 0.2,
        "valueClipRange": 0.2 if clip_value else None,
        "normalizeAdvantages": normalize,
        "valueCoefficient": 0.5,
        "entropyCoefficient": 0.01,
    }
    policy, value = mlp(make, settings["policySizes"]), mlp(make, settings["valueSizes"])
    observations, actions = make.normal(16, 4), make.integers(2, 16)
    advantages, returns = make.normal(16, scale=2), make.normal(16)
    with torch.no_grad():  # an older policy and value function, far enough away for some ratios to be clipped
        older = [p + 0.12 * make.normal(*p.shape) for p in policy]
        old_log_probs = make.exact(D.Categorical(logits=forward(older, observations, "tanh")).log_prob(actions).to(torch.float32))
        old_values = make.exact((forward(value, observations, "tanh").squeeze(-1) + 0.3 * make.normal(16)).to(torch.float32))

    live = leaves([*policy, *value])
    pi = D.Categorical(logits=forward(live[: len(policy)], observations, "tanh"))
    values = forward(live[len(policy) :], observations, "tanh").squeeze(-1)
    log_probs, entropy = pi.log_prob(actions), pi.entropy().mean()
    scaled = (advantages - advantages.mean()) / (advantages.std() + 1e-8) if normalize else advantages
    log_ratio = log_probs - old_log_probs
    ratio = log_ratio.exp()
    policy_loss = -torch.minimum(ratio * scaled, ratio.clamp(0.8, 1.2) * scaled).mean()
    errors = (values - returns).square()
    if clip_value:
        errors = torch.maximum(errors, (old_values + (values - old_values).clamp(-0.2, 0.2) - returns).square())
    value_loss = errors.mean()
    loss = policy_loss + 0.5 * value_loss - 0.01 * entropy
    raw = gradients(loss, live)
    return {
        **settings,
        "observations": observations,
        "actions": actions,
        "advantages": advantages,
        "returns": returns,
        "oldLogProbs": old_log_probs,
        "oldValues": old_values,
        "policyParameters": policy,
        "valueParameters": value,
        "usedAdvantages": scaled,
        "logProbs": log_probs,
        "ratios": ratio,
        "values": values,
        "policyLoss": number(policy_loss),
        "valueLoss": number(value_loss),
        "entropy": number(entropy),
        "loss": number(loss),
        "clipFraction": number(((ratio - 1).abs() > 0.2).to(ratio.dtype).mean()),
        "approximateKl1": number(-log_ratio.mean()),
        "approximateKl3": number((ratio - 1 - log_ratio).mean()),
        "explainedVariance": number(1 - (returns - old_values).var() / returns.var()),
        "policyGradients": raw[: len(policy)],
        "valueGradients": raw[len(policy) :],
    }


def proximal(dtype):
    make = Maker(dtype, 3)
    return {
        "gae": [gae(make, 0.99, 0.95), gae(make, 0.9, 0.0), gae(make, 0.98, 1.0)],
        "ppo": [ppo(make, "plain", False, False), ppo(make, "value clipped, advantages normalised (ddof 1)", True, True)],
    }


# --- e. and f. Settings and divergences ---------------------------------------------------------------------------


def settings(dtype):
    del dtype  # facts, the same in any precision
    torch.manual_seed(0)
    linear = []
    for fan_in, fan_out in ((4, 128), (128, 128), (128, 2)):
        layer = torch.nn.Linear(fan_in, fan_out)
        bound = math.sqrt(6 / ((1 + 5) * fan_in))  # kaiming_uniform_(a = sqrt 5): gain sqrt(2 / (1 + a^2)), times sqrt(3 / fan in)
        assert layer.weight.abs().max() <= bound and layer.bias.abs().max() <= bound
        assert layer.weight.abs().max() > 0.95 * bound
        linear.append({"fanIn": fan_in, "fanOut": fan_out, "weightBound": bound, "biasBound": bound})
    gains = {name: torch.nn.init.calculate_gain(name) for name in ("linear", "relu", "tanh")}
    orthogonal = []
    for shape, gain in (((4, 64), math.sqrt(2)), ((64, 64), math.sqrt(2)), ((64, 2), 0.01), ((64, 1), 1.0)):
        weight = torch.nn.init.orthogonal_(torch.empty(shape, dtype=torch.float64), gain)
        values = torch.linalg.svdvals(weight)
        assert torch.allclose(values, torch.full_like(values, gain))
        orthogonal.append({"shape": list(shape), "gain": gain, "singularValue": gain})
    schedules = []
    for name, total, end in (("to zero", 5, 0.0), ("to a tenth", 4, 0.1)):
        parameter = torch.nn.Parameter(torch.zeros(1))
        optimizer = torch.optim.SGD([parameter], lr=2.5e-4)
        schedule = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=1.0, end_factor=end, total_iters=total)
        rates = []
        for _ in range(total + 3):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step()
        schedules.append({"name": f"linear, {name}", "initial": 2.5e-4, "final": 2.5e-4 * end, "updates": total, "rates": rates})
    return {"linear": linear, "gains": gains, "orthogonal": orthogonal, "schedules": schedules}


def divergences(dtype):
    make = Maker(dtype, 4)

    def categorical(name, p, q):
        p, q = leaves([p, q])
        pi, rho = D.Categorical(logits=p), D.Categorical(logits=q)
        kl = D.kl_divergence(pi, rho)
        kl_p, kl_q = gradients(kl.sum(), [p, q])
        entropy = D.Categorical(logits=p).entropy()
        entropy_p = gradients(entropy.sum(), [p])[0]
        return {"name": name, "p": p, "q": q, "kl": kl, "gradientP": kl_p, "gradientQ": kl_q, "entropyP": entropy, "entropyGradientP": entropy_p}

    def gaussian(name, *four):
        mean_p, log_std_p, mean_q, log_std_q = live = leaves(four)
        pi = D.Independent(D.Normal(mean_p, log_std_p.exp().expand_as(mean_p)), 1)
        rho = D.Independent(D.Normal(mean_q, log_std_q.exp().expand_as(mean_q)), 1)
        kl = D.kl_divergence(pi, rho)
        names = ("meanP", "logStdP", "meanQ", "logStdQ")
        return {
            "name": name,
            **dict(zip(names, live)),
            "kl": kl,
            "gradients": dict(zip(names, gradients(kl.sum(), live))),
            "entropyP": pi.entropy(),
        }

    logits = make.normal(5, 4, scale=2)
    return {
        "categorical": [
            categorical("random", logits, make.normal(5, 4, scale=2)),
            categorical("equal", logits, logits.clone()),
            categorical("nearly certain", make.exact([[40, 0], [0, 40]]), make.exact([[0, 1], [2, 0]])),
        ],
        "gaussian": [
            gaussian("random", make.normal(5, 2), make.exact([-0.5, 0.3]), make.normal(5, 2), make.exact([0.1, -1])),
            gaussian("narrow against wide", make.normal(3, 1), make.exact([-4]), make.normal(3, 1), make.exact([1])),
        ],
    }


# --- writing ------------------------------------------------------------------------------------------------------

worst = {}


def agree(path, exact, single):
    """float32 PyTorch must lie close to float64 PyTorch; keeps the largest deviation for the report."""
    if isinstance(exact, dict) and "data" in exact:
        a, b = np.array(exact["data"], dtype=float), np.array(single["data"], dtype=float)
        assert exact["shape"] == single["shape"] and np.isfinite(a).all() and np.isfinite(b).all(), path
        deviation = float(np.abs(a - b).max() / max(1.0, np.abs(a).max())) if a.size else 0.0
        assert deviation <= TOLERANCE, (path, deviation)
        key = path[0]
        worst[key] = max(worst.get(key, (0, "")), (deviation, "/".join(map(str, path))))
    elif isinstance(exact, dict):
        for key in exact:
            agree([*path, key], exact[key], single[key])
    elif isinstance(exact, list):
        assert len(exact) == len(single)
        for index, (left, right) in enumerate(zip(exact, single)):
            agree([*path, index], left, right)
    elif isinstance(exact, float):
        assert abs(exact - single) <= TOLERANCE * max(1, abs(exact)), (path, exact, single)
    else:
        assert exact == single, path


def rounded(value):
    """Floats of tensors to the shortest decimals that give the same float32 back."""
    if isinstance(value, dict) and "data" in value:
        data = [item if isinstance(item, int) else Float32(item) for item in value["data"]]
        return {"shape": value["shape"], "data": data}
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return [rounded(item) for item in value] if isinstance(value, list) else value


class Float32(float):
    def __repr__(self):
        single = np.float32(self)
        text = np.format_float_positional(single, unique=True, trim="-") if 1e-4 <= abs(single) < 1e6 else np.format_float_scientific(single, unique=True, trim="-")
        text = "0" if single == 0 else text
        assert np.float32(float(text)) == single
        return text


def dumps(value, depth=0):
    """One line a tensor or number, so that a change shows up as a small diff."""
    if isinstance(value, Float32):
        return repr(value)
    if isinstance(value, dict) and "data" in value:
        return '{"shape":[%s],"data":[%s]}' % (",".join(map(str, value["shape"])), ",".join(map(repr, value["data"])))
    if isinstance(value, (dict, list)) and any(isinstance(item, (dict, list)) for item in (value.values() if isinstance(value, dict) else value)):
        pad, close = "\n" + " " * (depth + 1), "\n" + " " * depth
        if isinstance(value, dict):
            return "{" + ",".join(f"{pad}{json.dumps(key)}: {dumps(item, depth + 1)}" for key, item in value.items()) + close + "}"
        return "[" + ",".join(pad + dumps(item, depth + 1) for item in value) + close + "]"
    return json.dumps(value, allow_nan=False)


def main():
    both = {}
    for dtype in (torch.float64, torch.float32):
        both[dtype] = plain({**policies(dtype), "ops": operations(dtype), "ppo": proximal(dtype), "settings": settings(dtype), "kl": divergences(dtype)})
    agree([], both[torch.float64], both[torch.float32])
    total = 0
    for name, content in both[torch.float64].items():
        path = HERE / f"torch-{name}.json"
        path.write_text(dumps({"torch": torch.__version__.split("+")[0], **rounded(content)}) + "\n")
        total += path.stat().st_size
        deviation, where = worst.get(name, (0, "-"))
        print(f"{path.name:24} {path.stat().st_size:7} bytes   float32 PyTorch deviates by at most {deviation:.1e} at {where}")
    print(f"{total} bytes in all")


main()
