"""Calls a second on one core, the median of batches, after a warm-up; the output that race.mjs reads."""

import json
import os
import statistics
import time

ENVS = ["CartPole-v1", "Acrobot-v1", "MountainCar-v0", "MountainCarContinuous-v0", "Pendulum-v1"]
BATCHES = [64, 1024]

for threads in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[threads] = "1"


def seconds_per_call(work, warmup=0.5, batches=15, batch_seconds=0.06):
    end = time.perf_counter() + warmup
    calls, taken = 1, 0.0
    while time.perf_counter() < end or taken < batch_seconds / 2:
        start = time.perf_counter()
        for _ in range(calls):
            work()
        taken = time.perf_counter() - start
        if taken < batch_seconds / 2:
            calls *= 2
    calls = max(1, round(calls * batch_seconds / taken))
    per_call = []
    for _ in range(batches):
        start = time.perf_counter()
        for _ in range(calls):
            work()
        per_call.append((time.perf_counter() - start) / calls)
    return statistics.median(per_call)


def report(name, versions, metrics, check):
    print(json.dumps({"name": name, "versions": versions, "metrics": metrics, "check": check}))
