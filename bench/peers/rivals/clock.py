"""What every rival reports besides its own figures: seconds since its process was started, and versions."""

import os
import sys
import time
from importlib.metadata import version


def since_start():
    """From $BENCH_STARTED (seconds since 1970, set by whoever started us), or from what Linux knows of this process."""
    if "BENCH_STARTED" in os.environ:
        return time.time() - float(os.environ["BENCH_STARTED"])
    with open("/proc/self/stat") as stat, open("/proc/uptime") as uptime:
        ticks = int(stat.read().rpartition(")")[2].split()[19])
        return float(uptime.read().split()[0]) - ticks / os.sysconf("SC_CLK_TCK")


def versions(*packages):
    return {"python": ".".join(map(str, sys.version_info[:3])), **{name: version(name) for name in packages}}


def single_threaded():
    """Before NumPy or PyTorch is imported."""
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
