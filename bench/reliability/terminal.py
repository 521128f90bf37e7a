"""Closes the terminal of short runs at random moments around their ends, and counts how the program ended.

npm run build && python3 bench/reliability/terminal.py [runs] [seed]

A run whose terminal is gone has to end by SIGHUP or as usual, with its record finished or interrupted; never by SIGABRT.
"""

import collections
import json
import os
import pty
import random
import select
import sys
import tempfile
import time

MAIN = os.path.join(os.path.dirname(__file__), "../../dist/cli/main.js")
runs, seed = (int(text) for text in (sys.argv[1:] + ["100", "0"][len(sys.argv) - 1 :]))
rng = random.Random(seed)


def status(folder):
    try:
        with open(os.path.join(folder, "run.json")) as file:
            return json.load(file)["status"]
    except (OSError, ValueError):
        return "none"


def end_of(folder, number):
    process, terminal = pty.fork()
    if process == 0:
        os.execvp("node", ["node", MAIN, "train", "--episodes", "60", "--seed", str(number), "--out", folder])
    while status(folder) != "finished":
        try:
            if select.select([terminal], [], [], 0.002)[0] and not os.read(terminal, 65536):
                break
        except OSError:
            break
    # The report is being written, or about to be.
    time.sleep(rng.choice([0, 0.01, 0.05, 0.2]) * rng.random())
    os.close(terminal)
    _, ended = os.waitpid(process, 0)
    how = f"signal {os.WTERMSIG(ended)}" if os.WIFSIGNALED(ended) else f"exit {os.WEXITSTATUS(ended)}"
    return how, status(folder)


with tempfile.TemporaryDirectory() as place:
    ends = collections.Counter(end_of(os.path.join(place, str(i)), i) for i in range(runs))
for (how, record), count in ends.most_common():
    print(f"{count:4} {how}, record {record}")
sys.exit(any(how not in ("signal 1", "exit 0", "exit 129") for how, _ in ends))
