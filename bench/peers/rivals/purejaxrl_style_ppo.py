"""PPO on CartPole with the environment in JAX and all of training one jitted function, in the manner of PureJaxRL.

    python purejaxrl_style_ppo.py              # PureJaxRL's own settings, 500,000 steps
    python purejaxrl_style_ppo.py --zoo        # RL Zoo's settings for CartPole, 100,000 steps
    python purejaxrl_style_ppo.py --turns      # then again for each line of its input, for ../running.mjs

JAX alone: no other library to import, so that its start is as short as it can be. Prints one line of JSON, in which
compiling and running are apart. Where there is one minibatch, nothing is shuffled, as a mean doesn't depend on order.
"""

import argparse
import json
import math
import os
import sys
import time
from functools import partial
from types import SimpleNamespace

from clock import since_start, single_threaded, versions

parser = argparse.ArgumentParser()
parser.add_argument("--zoo", action="store_true")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--steps", type=int)
parser.add_argument("--turns", action="store_true")
given = parser.parse_args()
single_threaded()
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
from jax import lax  # noqa: E402

# `value` weighs the mean square error of the values: PureJaxRL halves it before its coefficient of 0.5.
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
tree = jax.tree_util.tree_map


def begin(key):
    return jax.random.uniform(key, (4,), minval=-0.05, maxval=0.05)


def dynamics(state, action):
    """Gymnasium's CartPole-v1: explicit Euler, 0.02 s; returns the state after and whether the pole or cart is lost."""
    x, x_dot, theta, theta_dot = state
    force = jnp.where(action == 1, 10.0, -10.0)
    cos, sin = jnp.cos(theta), jnp.sin(theta)
    push = (force + 0.05 * theta_dot**2 * sin) / 1.1
    angular = (9.8 * sin - cos * push) / (0.5 * (4 / 3 - 0.1 * cos**2 / 1.1))
    linear = push - 0.05 * angular * cos / 1.1
    after = state + 0.02 * jnp.array([x_dot, linear, theta_dot, angular])
    return after, (jnp.abs(after[0]) > 2.4) | (jnp.abs(after[2]) > 12 * math.pi / 180)


def step(key, env, action):
    """One step of one environment, and the next episode's first state where this one is over."""
    state, clock, total, last = env
    state, lost = dynamics(state, action)
    clock, total = clock + 1, total + 1
    done = lost | (clock >= 500)
    last = jnp.where(done, total, last)
    env = (jnp.where(done, begin(key), state), jnp.where(done, 0, clock), jnp.where(done, 0.0, total), last)
    return env, 1.0, done


def tower(key, outputs, gain):
    def layer(key, fan_in, fan_out, gain):
        return jax.nn.initializers.orthogonal(gain)(key, (fan_in, fan_out)), jnp.zeros(fan_out)

    first, second, third = jax.random.split(key, 3)
    root = math.sqrt(2)
    return layer(first, 4, 64, root), layer(second, 64, 64, root), layer(third, 64, outputs, gain)


def forward(layers, x):
    for w, b in layers[:-1]:
        x = jnp.tanh(x @ w + b)
    w, b = layers[-1]
    return x @ w + b


def look(weights, x):
    return jax.nn.log_softmax(forward(weights["actor"], x)), forward(weights["critic"], x)[..., 0]


def pick(log_pi, action):
    return jnp.take_along_axis(log_pi, action[..., None], -1)[..., 0]


def loss(weights, rows, clip):
    observation, action, old, advantage, target, before = rows
    log_pi, value = look(weights, observation)
    ratio = jnp.exp(pick(log_pi, action) - old)
    advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
    policy_loss = -jnp.minimum(ratio * advantage, jnp.clip(ratio, 1 - clip, 1 + clip) * advantage).mean()
    value_loss = (value - target) ** 2
    if s.clip_values:
        value_loss = jnp.maximum(value_loss, (before + jnp.clip(value - before, -clip, clip) - target) ** 2)
    entropy = -(jnp.exp(log_pi) * log_pi).sum(-1).mean()
    return policy_loss + s.value * value_loss.mean() - s.entropy * entropy


def adam(weights, moments, gradient, rate):
    norm = jnp.sqrt(sum(jnp.sum(g * g) for g in jax.tree_util.tree_leaves(gradient)))
    scale = jnp.minimum(1.0, s.max_norm / (norm + 1e-6))
    m, v, t = moments
    t = t + 1
    m = tree(lambda m, g: 0.9 * m + 0.1 * g * scale, m, gradient)
    v = tree(lambda v, g: 0.999 * v + 0.001 * (g * scale) ** 2, v, gradient)
    a, b = 1 - 0.9**t, 1 - 0.999**t
    weights = tree(lambda w, m, v: w - rate * (m / a) / (jnp.sqrt(v / b) + 1e-5), weights, m, v)
    return weights, (m, v, t)


def train(key):
    key, for_actor, for_critic, for_envs = jax.random.split(key, 4)
    weights = {"actor": tower(for_actor, 2, 0.01), "critic": tower(for_critic, 1, 1.0)}
    moments = (tree(jnp.zeros_like, weights), tree(jnp.zeros_like, weights), jnp.zeros(()))
    zero = jnp.zeros(s.envs)
    envs = (jax.vmap(begin)(jax.random.split(for_envs, s.envs)), jnp.zeros(s.envs, jnp.int32), zero, zero)

    def act(carry, _):
        weights, envs, key = carry
        key, for_action, for_step = jax.random.split(key, 3)
        log_pi, value = look(weights, envs[0])
        action = jax.random.categorical(for_action, log_pi)
        after, reward, done = jax.vmap(step)(jax.random.split(for_step, s.envs), envs, action)
        seen = (envs[0], action, pick(log_pi, action), value, reward, done)
        return (weights, after, key), (seen, after[3])

    def iteration(carry, number):
        weights, moments, envs, key = carry
        left = 1 - number / iterations
        (_, envs, key), (seen, returns) = lax.scan(act, (weights, envs, key), None, s.steps)
        observation, action, old, value, reward, done = seen

        def backwards(carry, row):
            advantage, following = carry
            value, reward, done = row
            delta = reward + s.gamma * following * (1 - done) - value
            advantage = delta + s.gamma * s.lam * (1 - done) * advantage
            return (advantage, value), advantage

        last = look(weights, envs[0])[1]
        _, advantage = lax.scan(backwards, (jnp.zeros(s.envs), last), (value, reward, done), reverse=True, unroll=16)
        rows = (observation, action, old, advantage, advantage + value, value)
        rows = tree(lambda x: x.reshape(size, *x.shape[2:]), rows)
        clip = left * s.clip if s.anneal_clip else s.clip

        def minibatch(carry, rows):
            weights, moments = carry
            gradient = jax.grad(loss)(weights, rows, clip)
            return adam(weights, moments, gradient, left * s.learning_rate), None

        def epoch(carry, key):
            if s.minibatches == 1:
                return minibatch(carry, rows)
            order = jax.random.permutation(key, size)
            parts = tree(lambda x: x[order].reshape(s.minibatches, -1, *x.shape[1:]), rows)
            return lax.scan(minibatch, carry, parts)

        key, for_epochs = jax.random.split(key)
        (weights, moments), _ = lax.scan(epoch, (weights, moments), jax.random.split(for_epochs, s.epochs))
        return (weights, moments, envs, key), returns.mean()

    (weights, *_), curve = lax.scan(iteration, (weights, moments, envs, key), jnp.arange(iterations))
    return weights, curve


@partial(jax.jit, static_argnums=2)
def evaluated(weights, key, episodes=100):
    def go(carry, _):
        states, alive, total = carry
        action = look(weights, states)[0].argmax(-1)
        states, lost = jax.vmap(dynamics)(states, action)
        return (states, alive & ~lost, total + alive), None

    states = jax.vmap(begin)(jax.random.split(key, episodes))
    carry = (states, jnp.ones(episodes, bool), jnp.zeros(episodes))
    return lax.scan(go, carry, None, 500)[0][2].mean()


ready = since_start()
start = time.perf_counter()
key = jax.random.key(given.seed)
program = jax.jit(train).lower(key).compile()
compile_seconds = time.perf_counter() - start


def trained():
    start, cpu = time.perf_counter(), time.process_time()
    weights, curve = jax.block_until_ready(program(key))
    return weights, curve, time.perf_counter() - start, time.process_time() - cpu


weights, curve, seconds, cpu_seconds = trained()
whole = since_start()
metrics = {
    "seconds": seconds,
    "cpu_seconds": cpu_seconds,
    "compile_seconds": compile_seconds,
    "whole_seconds": whole,
    "steps_per_second": iterations * size / seconds,
    "setup_seconds": ready,
    "steps": iterations * size,
    "final_return": float(evaluated(weights, jax.random.key(10_000 + given.seed), 100)),
    "last_training_return": float(curve[-1]),
}
print(json.dumps({"name": "purejaxrl-style", "versions": versions("jax", "jaxlib", "numpy"), "metrics": metrics}), flush=True)
if given.turns:
    for _ in sys.stdin:
        *_, seconds, cpu_seconds = trained()
        print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds}), flush=True)
