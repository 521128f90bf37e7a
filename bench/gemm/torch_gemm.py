"""PyTorch's sgemm on one thread. Answers each line of its input as ours.mjs does."""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import torch  # noqa: E402

torch.set_num_threads(1)
BURST = 0.006


def prepare(kind, m, k, n):
    x, w, y = torch.rand(m, k), torch.rand(k, n), torch.rand(m, n)
    work = {
        "forward": lambda: torch.mm(x, w, out=y),
        "inputs": lambda: torch.mm(y, w.t(), out=x),
        "weights": lambda: torch.mm(x.t(), y, out=w),
    }[kind]
    calls = 1
    while True:
        start = time.perf_counter()
        for _ in range(calls):
            work()
        seconds = time.perf_counter() - start
        if seconds > BURST / 2:
            return work, max(1, round(calls * BURST / seconds))
        calls *= 2


print(json.dumps({"torch": torch.__version__}), flush=True)
last = None
for line in sys.stdin:
    shape = json.loads(line)
    if line != last:
        work, calls = prepare(**shape)
        last = line
    for _ in range((calls + 7) // 8):
        work()
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(calls):
        work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    gigas = 2e-9 * shape["m"] * shape["k"] * shape["n"] * calls
    print(json.dumps({"wall": gigas / wall, "cpu": gigas / cpu}), flush=True)
