"""How fast indicators and inequality are through their public functions, beside PHStatsMethods where it has the same figure.

    python benchmarks/equity_speed.py

CPU seconds on one thread, median of several runs, on drawn counts. Goals: SII and RII with limits for 98 areas of 10 groups under 10 ms;
life expectancy for 196 groups under 5 ms; directly standardised rates for 4,000 groups under 10 ms. The peer has no slope index and no
life expectancy; the figures of R for those stand beside, as they were measured on another day (PHEindicatormethods 2.1.0, 100,000 draws).

"few" has two to nine events a group: there the expansion does not hold, and each area's exact distribution is found instead.

What was tried on the way, for untransformed rates: the exact correction of the RII with 32 nodes and a complex exponential for each
frequency took 14 ms; with 24 nodes, each frequency turned from the one before it, 7 ms, and the same digits.
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
RUNS, AT_A_TIME = 15, 10
AREAS, GROUPS, DRAWS = 98, 10, 100_000
# CPU seconds of R 4.5.0 for the same 98 x 10 and 196 groups, on a machine of the same kind.
IN_R = {"mean": 35.1, "rate": 34.6, "proportion": 30.5, "logit": 30.8, "life": 0.77}
PEER_PROGRAM = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import pandas as pd
import PHStatsMethods as peer
asked = json.loads(sys.stdin.read())
def timed(job, runs):
    spent = []
    for _ in range(runs):
        begun = time.process_time()
        job()
        spent.append(time.process_time() - begun)
    return sorted(spent)[len(spent) // 2]
flat = pd.DataFrame({"x": asked["x"], "n": asked["n"]})
bands = pd.DataFrame({"area": asked["area"], "x": asked["bx"], "n": asked["bn"], "w": asked["w"]})
told = {
    "rate": timed(lambda: peer.ph_rate(flat.copy(), "x", "n"), 3),
    "proportion": timed(lambda: peer.ph_proportion(flat.copy(), "x", "n"), 3),
    "dsr": timed(lambda: peer.ph_dsr(bands.copy(), "x", "n", "w", group_cols="area", euro_standard_pops=False), 3),
}
print(json.dumps(told))
"""


def spent(job, runs=RUNS, at_a_time=AT_A_TIME):
    """This will give the median CPU seconds of one call, several at a time so that the clock's grain does not count."""
    job()
    found = []
    for _ in range(runs):
        begun = time.process_time()
        for _ in range(at_a_time):
            job()
        found.append((time.process_time() - begun) / at_a_time)
    return statistics.median(found)


def line(name, ours, goal=None, theirs=None, whose=""):
    told = "" if goal is None else f"goal {goal * 1000:.0f} ms: {'reached' if ours <= goal else 'NOT reached'}"
    ratio = "" if theirs is None else f"{theirs / ours:,.0f}x {whose} ({theirs:.3g} s)"
    print(f"{name:58}{ours * 1000:>12.3f} ms  {told:24}  {ratio}")


def slopes(rng):
    from tovholder.evidence.equity.proportions import proportion
    from tovholder.evidence.equity.rates import rate
    from tovholder.evidence.equity.slope import slope

    people = rng.integers(1500, 7000, (AREAS, GROUPS)).astype(float)
    events = rng.binomial(people.astype(int), 0.012 * (1.4 - 0.07 * rng.random((AREAS, 1)) * range(GROUPS))).astype(float)
    rated, shared = rate(events, people), proportion(events, people)
    mean, error = 78 + rng.normal(0, 1, people.shape), 0.4 + rng.random(people.shape)
    cases = {
        "means": (mean, {"se": error}, IN_R["mean"]),
        "rates": (rated.value, {"low": rated.low, "high": rated.high, "kind": "rate"}, IN_R["rate"]),
        "rates, log": (rated.value, {"low": rated.low, "high": rated.high, "kind": "rate", "transform": "log"}, IN_R["rate"]),
        "proportions": (shared.value, {"low": shared.low, "high": shared.high, "kind": "proportion"}, IN_R["proportion"]),
        "proportions, logit": (
            shared.value,
            {"low": shared.low, "high": shared.high, "kind": "proportion", "transform": "logit"},
            IN_R["logit"],
        ),
    }
    for name, (value, given, in_r) in cases.items():
        ours = spent(lambda: slope(people, value, **given))  # noqa: B023
        line(f"SII and RII with limits, {AREAS} x {GROUPS}, {name}", ours, 10e-3, in_r, "R")
    few = rng.integers(2, 10, people.shape).astype(float)
    thin = rate(few, people)
    line(
        f"the same, few events, rates ({AREAS} exact distributions)",
        spent(lambda: slope(people, thin.value, low=thin.low, high=thin.high, kind="rate"), 3, 1),
        None,
        IN_R["rate"],
        "R",
    )
    for name in ("means", "rates", "proportions"):
        value, given, in_r = cases[name]
        drawn = spent(lambda: slope(people, value, **given, simulate=DRAWS, rng=rng), 3, 1)  # noqa: B023
        line(f"the same, simulated with {DRAWS:,} draws, {name}", drawn, None, in_r, "R")


def main():
    import numpy as np

    from tovholder.evidence.equity.life import life_expectancy
    from tovholder.evidence.equity.proportions import proportion
    from tovholder.evidence.equity.rates import rate
    from tovholder.evidence.equity.standard_populations import ESP_2013
    from tovholder.evidence.equity.standardised import dsr, isr

    rng = np.random.default_rng(1)
    print("Median CPU milliseconds on one thread; R as measured on another day, PHStatsMethods in this run\n")
    slopes(rng)
    alive = rng.integers(400, 6000, (196, 20)).astype(float)
    dead = rng.poisson(alive * np.array([4, 0.3, *np.geomspace(0.1, 180, 18)]) / 1000).astype(float)
    line("life expectancy with limits, 196 groups", spent(lambda: life_expectancy(dead, alive)), 5e-3, IN_R["life"], "R")
    bn = rng.integers(400, 6000, (4000, 19)).astype(float)
    bx = rng.poisson(bn * 0.02).astype(float)
    n = rng.integers(100, 60_000, 4000).astype(float)
    x = rng.binomial(n.astype(int), 0.02).astype(float)
    asked = {
        "x": x.tolist(),
        "n": n.tolist(),
        "area": np.repeat(np.arange(4000), 19).tolist(),
        "bx": bx.ravel().tolist(),
        "bn": bn.ravel().tolist(),
        "w": list(ESP_2013) * 4000,
    }
    peer = json.loads(run_peer((PEER,), PEER_PROGRAM, text=json.dumps(asked)).splitlines()[-1])
    line("directly standardised rates, 4,000 groups", spent(lambda: dsr(bx, bn)), 10e-3, peer["dsr"], "PHStatsMethods")
    line("indirectly standardised ratios, 4,000 groups", spent(lambda: isr(bx, bn, bx.sum(axis=0), bn.sum(axis=0))))
    line("rates, 4,000 rows, exact limits", spent(lambda: rate(x, n)), None, peer["rate"], "PHStatsMethods")
    line("rates, 4,000 rows, its own limits", spent(lambda: rate(x, n, method="fingertips")), None, peer["rate"], "PHStatsMethods")
    line("proportions, 4,000 rows, Wilson", spent(lambda: proportion(x, n)), None, peer["proportion"], "PHStatsMethods")


if __name__ == "__main__":
    main()
