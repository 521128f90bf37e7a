"""Statistics over seeds by scipy, with rliable's definitions.

Regenerate with   .venv/bin/python -I test/golden/statistics.py   (scipy 1.17.1); it rewrites test/golden/statistics.json.
"""

import json
from pathlib import Path

import numpy as np
from scipy import optimize, stats

SAMPLES = {
    "eight": [3.0, 141.0, 59.0, 26.0, 53.0, 58.0, 97.0, 93.0],
    "five": [12.5, -3.0, 500.0, 88.25, 88.25],
    "ten": [475.0, 500.0, 500.0, 21.5, 498.0, 500.0, 333.0, 487.5, 500.0, 491.0],
    "other": [310.0, 402.5, 500.0, 199.0, 455.0, 377.0, 28.0],
}


def interquartile(values):
    """Each value four times, so that a quarter of the list is whole at any length."""
    return float(stats.trim_mean(np.repeat(values, 4), 0.25))


def interval(values):
    def statistic(drawn, axis):
        return stats.trim_mean(np.repeat(drawn, 4, axis=axis), 0.25, axis=axis)

    result = stats.bootstrap((values,), statistic, n_resamples=100_000, method="percentile", rng=np.random.default_rng(0))
    return [float(x) for x in result.confidence_interval]


def pair(a, b):
    x, y = SAMPLES[a], SAMPLES[b]
    return {
        "x": x,
        "y": y,
        "improvement": float(stats.mannwhitneyu(x, y).statistic) / (len(x) * len(y)),
        "welch": float(stats.ttest_ind(x, y, equal_var=False).pvalue),
    }


def wilson(k, n):
    low, high = stats.binomtest(k, n).proportion_ci(method="wilson")
    return {"successes": k, "n": n, "interval": [float(low), float(high)]}


def power(n, m, effect):
    """P(|T| > t) of the non-central t."""
    degrees = n + m - 2
    shift = effect * np.sqrt(n * m / (n + m))
    critical = stats.t.ppf(0.975, degrees)
    return stats.nct.sf(critical, degrees, shift) + stats.nct.cdf(-critical, degrees, shift)


def detectable(n, m):
    # Upwards in small steps: scipy's non-central t is NaN far beyond the answer.
    high = next(effect for effect in np.arange(0.1, 20, 0.1) if power(n, m, effect) > 0.8)
    return {"n": n, "m": m, "effect": float(optimize.brentq(lambda effect: power(n, m, effect) - 0.8, high - 0.1, high))}


def correlation(x, y):
    return {"x": x, "y": y, "spearman": float(stats.spearmanr(x, y).statistic)}


golden = {
    "interquartile": [
        {"values": x, "mean": interquartile(x), "interval": interval(x)} for x in SAMPLES.values()
    ],
    "trimmed": [{"values": x, "mean": float(stats.trim_mean(x, 0.25))} for x in SAMPLES.values()],
    "pairs": [pair("ten", "other"), pair("other", "ten"), pair("five", "eight"), pair("ten", "ten")],
    "wilson": [wilson(0, 5), wilson(9, 10), wilson(3, 7), wilson(10, 10)],
    "detectable": [detectable(n, m) for n, m in [(2, 2), (3, 3), (5, 5), (5, 10), (10, 10), (64, 64)]],
    "correlations": [
        correlation([1.0, 2.0, 3.0, 4.0, 5.0], [2.0, 1.0, 4.0, 3.0, 5.0]),
        correlation([1.0, 1.0, 2.0, 7.0, -3.0, 2.0], [5.0, 4.0, 4.0, 1.0, 9.0, 4.0]),
    ],
}
Path(__file__).with_suffix(".json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
