"""PPO as one flat PyTorch script, in the manner of CleanRL's ppo.py; prints one line of JSON.

    python cleanrl_style_ppo.py                # CleanRL's own settings, 500,000 steps
    python cleanrl_style_ppo.py --zoo          # RL Zoo's settings for CartPole, 100,000 steps

As there: environments one after another in a SyncVectorEnv, a limit of time counted as an end, rollouts in tensors made
beforehand, one Adam for two separate networks, advantages normalised in each minibatch, diagnostics in every update.
"""

import argparse
import json
import math
import time
from types import SimpleNamespace

from clock import since_start, single_threaded, versions

parser = argparse.ArgumentParser()
parser.add_argument("--zoo", action="store_true")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--steps", type=int)
given = parser.parse_args()
single_threaded()

import gymnasium as gym  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
from torch import nn  # noqa: E402
from torch.distributions import Categorical  # noqa: E402

torch.set_num_threads(1)

# `value` weighs the mean square error of the values: CleanRL halves it before its coefficient of 0.5.
OWN = SimpleNamespace(
    total=500_000, envs=4, steps=128, minibatches=4, epochs=4, gamma=0.99, lam=0.95, learning_rate=2.5e-4,
    clip=0.2, anneal_clip=False, clip_values=True, entropy=0.01, value=0.25, max_norm=0.5,
)  # fmt: skip
ZOO = SimpleNamespace(
    total=100_000, envs=8, steps=32, minibatches=1, epochs=20, gamma=0.98, lam=0.8, learning_rate=1e-3,
    clip=0.2, anneal_clip=True, clip_values=False, entropy=0.0, value=0.5, max_norm=0.5,
)  # fmt: skip
s = ZOO if given.zoo else OWN
if given.steps:
    s.total = given.steps
size = s.envs * s.steps
iterations = math.ceil(s.total / size)

torch.manual_seed(given.seed)
np.random.seed(given.seed)


def layer(fan_in, fan_out, gain=math.sqrt(2)):
    made = nn.Linear(fan_in, fan_out)
    nn.init.orthogonal_(made.weight, gain)
    nn.init.zeros_(made.bias)
    return made


def tower(outputs, gain):
    return nn.Sequential(layer(4, 64), nn.Tanh(), layer(64, 64), nn.Tanh(), layer(64, outputs, gain))


class Agent(nn.Module):
    def __init__(self):
        super().__init__()
        self.actor, self.critic = tower(2, 0.01), tower(1, 1.0)

    def look(self, x, action=None):
        pi = Categorical(logits=self.actor(x))
        if action is None:
            action = pi.sample()
        return action, pi.log_prob(action), pi.entropy(), self.critic(x).flatten()


def one():
    return gym.wrappers.RecordEpisodeStatistics(gym.make("CartPole-v1"))


envs = gym.vector.SyncVectorEnv([one] * s.envs, autoreset_mode=gym.vector.AutoresetMode.SAME_STEP)
agent = Agent()
optimizer = torch.optim.Adam(agent.parameters(), lr=s.learning_rate, eps=1e-5)
observations = torch.zeros((s.steps, s.envs, 4))
actions = torch.zeros((s.steps, s.envs), dtype=torch.int64)
log_probs, rewards, dones, values = (torch.zeros((s.steps, s.envs)) for _ in range(4))

ready = since_start()
start, cpu = time.perf_counter(), time.process_time()
observation = torch.tensor(envs.reset(seed=given.seed)[0])
done = torch.zeros(s.envs)
for iteration in range(iterations):
    left = 1 - iteration / iterations
    optimizer.param_groups[0]["lr"] = left * s.learning_rate
    clip = left * s.clip if s.anneal_clip else s.clip

    for t in range(s.steps):
        observations[t], dones[t] = observation, done
        with torch.no_grad():
            actions[t], log_probs[t], _, values[t] = agent.look(observation)
        after, reward, terminated, truncated, info = envs.step(actions[t].numpy())
        rewards[t] = torch.from_numpy(reward)
        observation, done = torch.from_numpy(after).clone(), torch.from_numpy(terminated | truncated).float()

    with torch.no_grad():
        advantages, running = torch.zeros_like(rewards), 0.0
        following, alive = agent.critic(observation).flatten(), 1 - done
        for t in reversed(range(s.steps)):
            delta = rewards[t] + s.gamma * following * alive - values[t]
            advantages[t] = running = delta + s.gamma * s.lam * alive * running
            following, alive = values[t], 1 - dones[t]
        targets = advantages + values

    rows = [x.reshape(size, *x.shape[2:]) for x in (observations, actions, log_probs, advantages, targets, values)]
    order, clipped = np.arange(size), []
    for epoch in range(s.epochs):
        np.random.shuffle(order)
        for chosen in np.split(order, s.minibatches):
            o, a, old, advantage, target, before = (x[chosen] for x in rows)
            _, new, entropy, value = agent.look(o, a)
            ratio = (new - old).exp()
            with torch.no_grad():
                kl = ((ratio - 1) - (new - old)).mean()
                clipped.append(((ratio - 1).abs() > clip).float().mean().item())
            advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
            policy_loss = torch.max(-advantage * ratio, -advantage * ratio.clamp(1 - clip, 1 + clip)).mean()
            value_loss = (value - target) ** 2
            if s.clip_values:
                held = before + (value - before).clamp(-clip, clip)
                value_loss = torch.max(value_loss, (held - target) ** 2)
            loss = policy_loss + s.value * value_loss.mean() - s.entropy * entropy.mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(agent.parameters(), s.max_norm)
            optimizer.step()
    variance = np.var(rows[4].numpy())
    explained = 1 - np.var((rows[4] - rows[5]).numpy()) / variance if variance > 0 else math.nan
seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu
whole = since_start()


def evaluated(episodes=100):
    trial = gym.vector.SyncVectorEnv([one] * episodes, autoreset_mode=gym.vector.AutoresetMode.SAME_STEP)
    observation, total, alive = trial.reset(seed=10_000 + given.seed)[0], np.zeros(episodes), np.ones(episodes, bool)
    for _ in range(500):
        with torch.no_grad():
            action = agent.actor(torch.from_numpy(observation)).argmax(1).numpy()
        observation, reward, terminated, truncated, _ = trial.step(action)
        total += reward * alive
        alive &= ~(terminated | truncated)
    return float(total.mean())


metrics = {
    "seconds": seconds,
    "cpu_seconds": cpu_seconds,
    "whole_seconds": whole,
    "steps_per_second": iterations * size / seconds,
    "setup_seconds": ready,
    "steps": iterations * size,
    "final_return": evaluated(),
}
print(json.dumps({"name": "cleanrl-style", "versions": versions("torch", "gymnasium", "numpy"), "metrics": metrics}))
