"""The first points of an unscrambled Sobol sequence in 21 dimensions, from SciPy.

Regenerate with   .venv/bin/python test/golden/sobol.py   (scipy 1.17); it rewrites test/golden/sobol.json.

Each number is stored times 2^30, as SciPy computes with 30 bits. Two later points reach directions that come from the
recurrence.
"""

import json
import sys
import warnings
from pathlib import Path

# Beside this file lies numpy.py: without its folder on the path, the import finds the library.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
from scipy.stats import qmc  # noqa: E402

warnings.simplefilter("ignore")
DIMENSIONS, FIRST = 21, 16
LATER = [1000, 100_003]


def point(i):
    engine = qmc.Sobol(DIMENSIONS, scramble=False)
    if i > 0:
        engine.fast_forward(i)
    return [int(value * 2**30) for value in engine.random(1)[0]]


points = {str(i): point(i) for i in [*range(FIRST), *LATER]}
text = ",\n".join(f'  "{i}": {json.dumps(row)}' for i, row in points.items())
Path(__file__).with_suffix(".json").write_text(f"{{\n{text}\n}}\n")
