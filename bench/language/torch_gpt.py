"""PyTorch's side of the race, eager, on one thread: the jobs of ours.mjs. The functions are the fastest that eager code
has: fused AdamW, scaled_dot_product_attention, a cache that is allocated once, inference_mode."""

import json
import math
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from torch import nn  # noqa: E402

torch.set_num_threads(1)
WORK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.work/language/")
with open(f"{WORK}workload.json") as file:
    GIVEN = json.load(file)
TASK = GIVEN["task"]


class Layer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width)
        self.attention = nn.Linear(width, 3 * width)
        self.attention_out = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)

    def forward(self, x):
        b, t, c = x.shape
        q, k, v = self.attention(self.norm1(x)).view(b, t, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.attention_out(attended.transpose(1, 2).reshape(b, t, c))
        return x + self.down(F.gelu(self.up(self.norm2(x)), approximate="tanh"))

    def step(self, x, cache, position):
        """One more position of each row: x [B, C], cache [2, B, heads, context, width of a head]."""
        b, c = x.shape
        qkv = self.attention(self.norm1(x)).view(b, 3, self.heads, c // self.heads)
        cache[:, :, :, position] = qkv[:, 1:].transpose(0, 1)
        keys, values = cache[:, :, :, : position + 1]
        attended = F.scaled_dot_product_attention(qkv[:, 0].unsqueeze(2), keys, values)
        x = x + self.attention_out(attended.reshape(b, c))
        return x + self.down(F.gelu(self.up(self.norm2(x)), approximate="tanh"))


class GPT(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.tokens = nn.Embedding(config["vocabulary"], config["width"])
        self.positions = nn.Embedding(config["context"], config["width"])
        self.layers = nn.ModuleList(Layer(config["width"], config["heads"]) for _ in range(config["layers"]))
        self.norm = nn.LayerNorm(config["width"])

    def states(self, ids):
        x = self.tokens(ids) + self.positions.weight[: ids.shape[1]]
        for layer in self.layers:
            x = layer(x)
        return self.norm(x)

    def logits(self, states):
        return F.linear(states, self.tokens.weight)

    def cache(self, rows):
        c, heads = self.config["width"], self.config["heads"]
        shape = (2, rows, heads, self.config["context"], c // heads)
        return [torch.empty(shape) for _ in self.layers]

    def step(self, ids, cache, position):
        x = self.tokens(ids) + self.positions.weight[position]
        for layer, own in zip(self.layers, cache):
            x = layer.step(x, own, position)
        return self.logits(self.norm(x))


def fill(parameters, numbers, linear):
    """Reads parameters in the order of ours; a Linear's weights are transposed there."""
    at = 0
    with torch.no_grad():
        for p in parameters:
            values = torch.from_numpy(numbers[at : at + p.numel()].copy())
            at += p.numel()
            if p in linear:
                p.copy_(values.view(p.shape[1], p.shape[0]).t())
            else:
                p.copy_(values.view(p.shape))
    return numbers[at:]


def read(model, name):
    linear = {m.weight for m in model.modules() if isinstance(m, nn.Linear)}
    return fill(list(model.parameters()), np.fromfile(f"{WORK}{name}", np.float32), linear)


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    told = work()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, **(told or {})}


def train(size, **_):
    config, sft = GIVEN["sizes"][size], GIVEN["sft"]
    model = GPT(config)
    read(model, f"{size}.f32")
    rows, length = config["rows"], config["length"]
    ids = torch.from_numpy(np.fromfile(f"{WORK}{size}.i32", np.int32).astype(np.int64)).view(rows, length)
    inputs, targets = ids[:, :-1].contiguous(), ids[:, 1:].reshape(-1)
    parameters = list(model.parameters())
    groups = [
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": sft["weightDecay"]},
        {"params": [p for p in parameters if p.dim() == 1], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=sft["learningRate"], fused=True)

    def run(steps, **_):
        losses = []
        for _ in range(steps):
            logits = model.logits(model.states(inputs))
            loss = F.cross_entropy(logits.view(-1, logits.shape[-1]), targets)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, sft["maxGradNorm"])
            optimizer.step()
            losses.append(loss.item())
        return {"tokens": steps * targets.numel(), "losses": losses}

    return lambda **job: timed(lambda: run(**job))


def draw(logits):
    """A token for each row and its log-probability. The exponential race is faster than torch.multinomial."""
    logs = F.log_softmax(logits, -1)
    tokens = (logs.exp() / torch.empty_like(logs).exponential_()).argmax(-1)
    return tokens, logs.gather(1, tokens[:, None])[:, 0]


def write(size, greedy=False, **_):
    config = GIVEN["sizes"][size]
    model = GPT(config)
    read(model, f"{size}.f32")
    rows = GIVEN["writers"]

    def run():
        with torch.inference_mode():
            cache = model.cache(rows)
            ids = torch.arange(rows)
            texts, logs = [], []
            for position in range(config["context"] - 1):
                logits = model.step(ids, cache, position)
                ids, log = (logits.argmax(-1), ids) if greedy else draw(logits)
                texts.append(ids)
                logs.append(log)
            texts = torch.stack(texts, 1)
        return {"tokens": texts.numel(), **({"texts": texts.tolist()} if greedy else {})}

    return lambda **_: timed(run)


class Judge(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = GPT(TASK)
        self.head = nn.Linear(TASK["width"], 1)

    def score(self, ids, last):
        states = self.trunk.states(ids)[torch.arange(len(ids)), last]
        return self.head(states)[:, 0] * self.gain + self.offset


def parts():
    policy, reference, judge = GPT(TASK), GPT(TASK), Judge()
    for model in (policy, reference):
        read(model, "policy.f32")
    judge.gain, judge.offset = read(judge, "judge.f32").tolist()
    value = nn.Linear(TASK["width"], 1)
    nn.init.zeros_(value.weight), nn.init.zeros_(value.bias)
    parameters = [*policy.parameters(), *value.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=GIVEN["ppo"]["learningRate"], eps=1e-5, fused=True)
    return policy, reference, judge, value, parameters, optimizer


def laid_out(prompts, responses):
    """ids [B, T], the lengths, and a mask of the positions whose next token is a response's, [B, T - 1]."""
    lengths = torch.tensor([len(p) + len(r) for p, r in zip(prompts, responses)])
    ids = torch.full((len(prompts), int(lengths.max())), TASK["pad"])
    for row, (p, r) in enumerate(zip(prompts, responses)):
        ids[row, : len(p) + len(r)] = torch.tensor(p + r)
    starts = torch.tensor([len(p) for p in prompts])
    place = torch.arange(1, ids.shape[1])
    return ids, lengths, (place >= starts[:, None]) & (place < lengths[:, None])


def sample(policy, prompts):
    """Responses and their log-probabilities; rows that have ended are left out of the batch when a quarter of it has."""
    rows, context, end = len(prompts), TASK["context"], TASK["end"]
    longest = max(map(len, prompts))
    given = torch.zeros(rows, context, dtype=torch.long)
    for row, prompt in enumerate(prompts):
        given[row, : len(prompt)] = torch.tensor(prompt)
    starts = torch.tensor([len(p) for p in prompts])
    logs = torch.zeros(rows, context)
    with torch.inference_mode():
        cache = policy.cache(rows)
        active = torch.arange(rows)
        ended = torch.zeros(rows, dtype=torch.bool)
        ids, first = given[:, 0], starts
        for position in range(context - 1):
            tokens, log = draw(policy.step(ids, cache, position))
            if position + 1 < longest:
                tokens = torch.where(position + 1 < first, given[active, position + 1], tokens)
            given[active, position + 1] = tokens
            logs[active, position + 1] = log
            ended = ended | ((tokens == end) & (position + 1 >= first))
            left = len(ended) - int(ended.sum())
            if left == 0:
                break
            if left <= 0.75 * len(ended):
                going = ~ended
                active, tokens, first, ended = active[going], tokens[going], first[going], ended[going]
                cache = [own[:, going] for own in cache]
            ids = tokens
    responses, kept = [], []
    for row, (text, log) in enumerate(zip(given.tolist(), logs.tolist())):
        start = len(prompts[row])
        stop = text.index(end, start) + 1 if end in text[start:] else context
        responses.append(text[start:stop])
        kept.append(log[start:stop])
    return responses, kept


def token_logs(policy, ids, mask, value=None):
    """ln π and entropy of the response tokens, [n], and V before them."""
    states = policy.states(ids[:, :-1])[mask]
    logs = F.log_softmax(policy.logits(states), -1)
    chosen = logs.gather(1, ids[:, 1:][mask][:, None])[:, 0]
    entropy = -(logs.detach().exp() * logs.detach()).sum(-1).mean()
    return chosen, entropy, None if value is None else value(states)[:, 0]


def advantages_of(rewards, values, mask):
    """GAE with γ = 1 over [B, T - 1]; 0 outside the mask."""
    total = torch.zeros(len(rewards))
    result = torch.zeros_like(rewards)
    after = torch.zeros(len(rewards))
    for t in reversed(range(rewards.shape[1])):
        inside = mask[:, t]
        total = torch.where(inside, rewards[:, t] + after - values[:, t] + 0.95 * total, total)
        after = torch.where(inside, values[:, t], after)
        result[:, t] = total
    return result


def update(policy, value, parameters, optimizer, ids, lengths, mask, old, reference, scores):
    settings = GIVEN["ppo"]
    with torch.inference_mode():
        V = token_logs(policy, ids, mask, value)[2]
        spread = torch.zeros(mask.shape)
        rewards = spread.masked_scatter(mask, -settings["beta"] * (old - reference))
        rewards[torch.arange(len(ids)), lengths - 2] += scores
        A = advantages_of(rewards, spread.masked_scatter(mask, V), mask)[mask]
    V, A, old = V.clone(), A.clone(), old.clone()
    returns = A + V
    A = (A - A.mean()) / (A.std() + 1e-8)
    told = []
    for _ in range(settings["epochs"]):
        logs, entropy, values = token_logs(policy, ids, mask, value)
        ratio = (logs - old).exp()
        gain = torch.min(ratio * A, ratio.clamp(0.8, 1.2) * A).mean()
        clipped = V + (values - V).clamp(-0.2, 0.2)
        error = torch.max((values - returns) ** 2, (clipped - returns) ** 2).mean()
        loss = 0.1 * error - gain
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        with torch.no_grad():
            u = logs - old
            k1, k3 = -u.mean(), (u.exp() - 1 - u).mean()
            clip = ((ratio - 1).abs() > 0.2).float().mean()
        told.append(torch.stack([loss.detach(), error.detach(), entropy, norm, k1, k3, clip]))
    return torch.stack(told).mean(0).tolist()


def logs_and_scores(reference, judge, ids, lengths, mask):
    with torch.inference_mode():
        return token_logs(reference, ids, mask)[0], judge.score(ids, lengths - 1)


def ppo(**_):
    torch.manual_seed(4)

    def run():
        policy, reference, judge, value, parameters, optimizer = parts()
        state = {}

        def sampling():
            state["responses"], logs = sample(policy, GIVEN["prompts"])
            state["old"] = torch.tensor([log for row in logs for log in row])

        def scoring():
            state["laid"] = laid_out(GIVEN["prompts"], state["responses"])
            state["scored"] = logs_and_scores(reference, judge, *state["laid"])

        def updating():
            update(policy, value, parameters, optimizer, *state["laid"], state["old"], *state["scored"])

        def whole():
            told = {name: timed(work) for name, work in parts_of_it}
            ids, lengths, _ = state["laid"]
            return {"tokens": int(lengths.sum()), "length": ids.shape[1], **told}

        parts_of_it = [("sampling", sampling), ("scoring", scoring), ("updating", updating)]
        return timed(whole)

    return lambda **_: run()


def check(**_):
    def run():
        policy, reference, judge, value, parameters, optimizer = parts()
        prompts = [s["prompt"] for s in GIVEN["sequences"]]
        laid = laid_out(prompts, [s["response"] for s in GIVEN["sequences"]])
        scored = logs_and_scores(reference, judge, *laid)
        with torch.no_grad():
            old = token_logs(policy, *laid[::2])[0]
        loss, error, entropy, norm, *_ = update(policy, value, parameters, optimizer, *laid, old, *scored)
        return {
            "score": scored[1].mean().item(),
            "loss": loss,
            "valueLoss": error,
            "entropy": entropy,
            "gradientNorm": norm,
        }

    return lambda **_: run()


JOBS = {"train": train, "write": write, "ppo": ppo, "check": check}
print(json.dumps({"torch": torch.__version__}), flush=True)
prepared = {}
for line in sys.stdin:
    job = json.loads(line)
    key = json.dumps({name: value for name, value in job.items() if name != "steps"})
    if key not in prepared:
        prepared[key] = JOBS[job["job"]](**job)
    job.pop("job"), job.pop("size", None), job.pop("greedy", None)
    print(json.dumps(prepared[key](**job)), flush=True)
