"""EnvPool's synchronous batches on one thread."""

import envpool
import numpy as np
from stopwatch import BATCHES, ENVS, report, seconds_per_call


def rate(id, n):
    env = envpool.make(id, env_type="gymnasium", num_envs=n, batch_size=n, num_threads=1, seed=0)
    rng = np.random.default_rng(0)
    space = env.action_space
    if hasattr(space, "n"):
        rows = [rng.integers(0, space.n, n).astype(np.int32) for _ in range(128)]
    else:
        rows = [rng.uniform(space.low, space.high, (n, 1)).astype(np.float32) for _ in range(128)]
    steps, ends = 0, 0
    env.reset()

    def work():
        nonlocal steps, ends
        for row in rows:
            _, _, terminated, truncated, _ = env.step(row)
            ends += int(np.count_nonzero(terminated | truncated))
        steps += len(rows) * n

    seconds = seconds_per_call(work)
    # A copy that ended spends its next step on the reset.
    return len(rows) * n / seconds, (steps - ends) / max(ends, 1)


metrics, check = {}, {}
for id in ENVS:
    for n in BATCHES:
        metrics[f"{id} × {n}"], length = rate(id, n)
        if id == "CartPole-v1" and n == max(BATCHES):
            check["cartPoleLength"] = length
report("envpool", {"envpool": envpool.__version__}, metrics, check)
