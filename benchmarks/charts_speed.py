"""How fast funnels and control charts are through their public functions, funnels beside PHStatsMethods in the same run.

    python benchmarks/charts_speed.py

CPU seconds on one thread, median of several runs, on drawn counts of 98 areas. Goals: a funnel for 98 areas (limits at each area's size,
smooth curves, probabilities, overdispersion and false-discovery control) under 5 ms; XmR with four rules for 98 series of 60 months under
10 ms. The peer gives limits at a hundred sizes and each area's significance, in two calls; ours gives more, so the ratio is a low one.

What was tried on the way: the exact Poisson limits between whole numbers by SciPy's own inverse in the shape (gdtrib) took 1.9 ms for
632 limits; by the secant on the square root of the events and the normal quantile of the probability, 0.4 ms, with the same digits.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

from peers import ONE_THREAD, run_peer

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]
os.environ.update(ONE_THREAD)

PEER = "PHStatsMethods==0.1.16"
AREAS, MONTHS, RUNS, PEER_RUNS, AT_A_TIME = 98, 60, 15, 5, 20
FUNNEL_GOAL, CHART_GOAL = 5e-3, 10e-3
PEER_PROGRAM = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import pandas as pd
from PHStatsMethods import assign_funnel_significance, calculate_funnel_limits
asked = json.loads(sys.stdin.read())
frame = pd.DataFrame({"x": asked["x"], "n": asked["n"], "e": asked["e"]})
frame["rate"] = frame["x"] / frame["n"] * 100000
kinds = {
    "proportion": (dict(statistic="proportion", denom_col="n", multiplier=100), dict(statistic="proportion", denom_col="n")),
    "ratio": (dict(statistic="ratio", denom_col="e", ratio_type="isr", multiplier=100), dict(statistic="ratio", denom_col="e")),
    "rate": (
        dict(statistic="rate", denom_col="n", rate="rate", rate_type="crude", multiplier=100000, years_of_data=1),
        dict(statistic="rate", denom_col="n", rate="rate", rate_type="crude", multiplier=100000),
    ),
}
told = {}
for kind, (limits, labels) in kinds.items():
    spent = []
    try:
        for _ in range(asked["runs"]):
            begun = time.process_time()
            calculate_funnel_limits(frame.copy(), "x", **limits)
            assign_funnel_significance(frame.copy(), "x", **labels)
            spent.append(time.process_time() - begun)
        told[kind] = spent
    except Exception as problem:
        told[kind] = f"{type(problem).__name__}: {problem}"[:120]
print(json.dumps(told))
"""


def spent(job):
    """This will give the median CPU seconds of one call, several at a time so that the clock's grain does not count."""
    job()
    found = []
    for _ in range(RUNS):
        begun = time.process_time()
        for _ in range(AT_A_TIME):
            job()
        found.append((time.process_time() - begun) / AT_A_TIME)
    return statistics.median(found)


def main():
    import numpy as np

    from tovholder.evidence.charts.attribute import attribute
    from tovholder.evidence.charts.before_after import before_after
    from tovholder.evidence.charts.funnels import funnel
    from tovholder.evidence.charts.xmr import xmr

    rng = np.random.default_rng(1)
    n = rng.integers(1500, 60_000, AREAS).astype(float)
    x = rng.poisson(n * 0.012 * np.exp(rng.normal(0, 0.15, AREAS))).astype(float)
    expected = n * 0.012
    asked = json.dumps({"x": x.tolist(), "n": n.tolist(), "e": expected.tolist(), "runs": PEER_RUNS})
    peer = json.loads(run_peer((PEER,), PEER_PROGRAM, text=asked).splitlines()[-1])
    print(f"{'funnel, 98 areas':34}{'ours':>10}{'goal':>10}{'peer':>12}{'ratio':>8}")
    for kind in ("proportion", "ratio", "rate"):
        sizes = expected if kind == "ratio" else n
        for widening in ("none", "additive"):
            ours = spent(lambda kind=kind, sizes=sizes, widening=widening: funnel(kind, x, sizes, widening=widening))
            theirs = peer[kind] if widening == "none" else None
            beside = "" if theirs is None else f"  {theirs}"
            if isinstance(theirs, list):
                beside = f"{1e3 * statistics.median(theirs):9.1f} ms{statistics.median(theirs) / ours:7.0f}x"
            mark = "" if ours < FUNNEL_GOAL else "  MISSED"
            print(f"{kind + ', ' + widening:34}{1e3 * ours:7.2f} ms{1e3 * FUNNEL_GOAL:7.0f} ms{beside}{mark}")
    y = rng.normal(50, 5, (AREAS, MONTHS))
    y[rng.random(y.shape) < 0.02] = np.nan
    every = ("outside", "trend", "two_of_three", "one_side", "longest_run", "crossings")
    sizes = rng.integers(200, 900, (AREAS, MONTHS))
    jobs = {
        "XmR, four rules, 98 x 60": lambda: xmr(y, baseline=24),
        "XmR, six rules with Anhøj's, 98 x 60": lambda: xmr(y, baseline=24, rules=every),
        "p chart, four rules, 98 x 60": lambda: attribute("p", rng.binomial(sizes, 0.1), sizes, baseline=24),
        "before and after, one series of 60": lambda: before_after(y[0], 30),
    }
    print(f"\n{'control charts':38}{'ours':>10}{'goal':>10}")
    for name, job in jobs.items():
        ours = spent(job)
        print(f"{name:38}{1e3 * ours:7.2f} ms{1e3 * CHART_GOAL:7.0f} ms{'' if ours < CHART_GOAL else '  MISSED'}")


if __name__ == "__main__":
    main()
