"""REINFORCE on CartPole-v1 in PyTorch and Gymnasium, one thread, as people write it; prints one line of JSON.

The settings are those of the preset `exercise`: 4-128-128-2 with ReLU and logits, Adam 1e-3, discount 0.99, returns to go
normalised within the episode, gradients clipped to norm 1, one episode an update, 800 episodes.

    torch_reinforce.py [--episodes 800] [--seed 0] [--curve] [--split]

--curve adds the return of every episode; --split adds the seconds spent acting, in the environment and updating.
"""

import argparse
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import gymnasium as gym  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
from torch import nn  # noqa: E402
from torch.distributions import Categorical  # noqa: E402

torch.set_num_threads(1)


def returns_to_go(rewards, gamma):
    returns, following = np.empty(len(rewards), np.float32), 0.0
    for t in reversed(range(len(rewards))):
        following = rewards[t] + gamma * following
        returns[t] = following
    return torch.from_numpy(returns)


def normalised(returns):
    if len(returns) < 2:
        return returns - returns.mean()
    return (returns - returns.mean()) / (returns.std() + 1e-8)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--episodes", type=int, default=800)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--split", action="store_true")
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    env = gym.make("CartPole-v1")
    policy = nn.Sequential(nn.Linear(4, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 2))
    optimizer = torch.optim.Adam(policy.parameters(), lr=1e-3)
    clock = time.perf_counter
    split = {"act": 0.0, "environment": 0.0, "update": 0.0}
    curve = []

    start = clock()
    for episode in range(options.episodes):
        observation, _ = env.reset(seed=options.seed if episode == 0 else None)
        log_probs, rewards, done = [], [], False
        while not done:
            before = clock() if options.split else 0
            pi = Categorical(logits=policy(torch.from_numpy(observation)))
            action = pi.sample()
            log_probs.append(pi.log_prob(action))
            choice = action.item()
            between = clock() if options.split else 0
            observation, reward, terminated, truncated, _ = env.step(choice)
            rewards.append(reward)
            done = terminated or truncated
            if options.split:
                split["act"] += between - before
                split["environment"] += clock() - between
        before = clock()
        loss = -(torch.stack(log_probs) * normalised(returns_to_go(rewards, 0.99))).sum()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(policy.parameters(), 1.0)
        optimizer.step()
        split["update"] += clock() - before
        curve.append(int(sum(rewards)))
    seconds = clock() - start

    steps = sum(curve)
    result = {
        "name": "torch",
        "versions": {
            "python": ".".join(map(str, sys.version_info[:3])),
            "torch": torch.__version__,
            "gymnasium": gym.__version__,
            "numpy": np.__version__,
        },
        "metrics": {"steps_per_second": steps / seconds, "seconds": seconds, "episodes": len(curve), "steps": steps},
        "check": {"bestEpisode": max(curve), "lastHundred": float(np.mean(curve[-100:]))},
    }
    if options.curve:
        result["curve"] = curve
    if options.split:
        result["metrics"] |= {f"{part}_seconds": taken for part, taken in split.items()}
    print(json.dumps(result))


main()
