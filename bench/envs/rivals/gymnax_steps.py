"""gymnax under JAX: copies by vmap, steps by scan, the whole compiled, on one thread of the processor."""

import os

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

from importlib.metadata import version

import gymnax
import jax
import jax.numpy as jnp
from stopwatch import BATCHES, ENVS, report, seconds_per_call

STEPS = 256


def rate(id, n):
    env, params = gymnax.make(id)
    reset = jax.vmap(env.reset, in_axes=(0, None))
    step = jax.vmap(env.step, in_axes=(0, 0, 0, None))
    space = env.action_space(params)
    key = jax.random.key(0)
    actions = jax.vmap(jax.vmap(space.sample))(jax.random.split(key, (STEPS, n)))

    @jax.jit
    def roll(state, key, actions):
        def one(carry, action):
            state, key = carry
            key, use = jax.random.split(key)
            obs, state, reward, terminated, truncated, _ = step(jax.random.split(use, n), state, action, params)
            return (state, key), (obs.sum(), reward.sum(), (terminated | truncated).sum())

        (state, key), seen = jax.lax.scan(one, (state, key), actions)
        return state, key, jax.tree.map(jnp.sum, seen)

    _, state = reset(jax.random.split(key, n), params)
    held = [state, key]
    totals = [0, 0]

    def work():
        held[0], held[1], (_, _, ends) = roll(held[0], held[1], actions)
        totals[0] += STEPS * n
        totals[1] += int(ends)

    seconds = seconds_per_call(work)
    return STEPS * n / seconds, totals[0] / max(totals[1], 1)


metrics, check = {}, {}
for id in ENVS:
    for n in BATCHES:
        metrics[f"{id} × {n}"], length = rate(id, n)
        if id == "CartPole-v1" and n == max(BATCHES):
            check["cartPoleLength"] = length
report("gymnax", {name: version(name) for name in ("gymnax", "jax")}, metrics, check)
