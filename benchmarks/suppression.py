"""Suppression: the known optima, and how long large tables take, audited.

    python benchmarks/suppression.py [--seeds 3] [--skip-large]

First: the tables with known optima (equity.md section 5; t1, t2 and t5 are at hand), fewest cells and least value, ours beside the optimum
and beside what GaussSuppression 1.2.3 hid, as the case files tell. Then 98 x 19 (bar: under 60 s, audited), for three densities of small
cells. Then the municipality table of 1,872 cells: 98 municipalities in 5 regions x 5 levels of education x 2 sexes, with all totals, tied
by sums. Then a release: 98 x 4 with numerators, those not in them, and all. CPU seconds of one thread; the audit is run anew.
"""

import argparse
import csv
import json
import os
import statistics
import time
from functools import partial
from pathlib import Path

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"))

import numpy as np

from tovholder.evidence.disclosure.audit import audit
from tovholder.evidence.disclosure.differencing import ALL, HIDEABLE, Sum
from tovholder.evidence.disclosure.primary import Rule
from tovholder.evidence.disclosure.release import Terms, release
from tovholder.evidence.disclosure.released import Definition
from tovholder.evidence.disclosure.safe import Hidden, suppress
from tovholder.evidence.disclosure.tables import table_of, with_totals

SHARED = Path(os.environ.get("TOVHOLDER_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "data"


def optima():
    cases = json.loads((SHARED / "equity/synthetic/suppression.json").read_text("utf-8"))["cases"]
    print(f"{'case':20} {'criterion':9} {'zeros':9} {'margins':8}  cells: ours optimum Gauss   value: ours optimum Gauss   CPU s")
    right, quick = 0, [0, 0, 0]
    for case in cases:
        params, expected = case["params"], case["expected"]
        table = table_of(case["input"]["rows"], case["input"]["dims"])
        before, found = time.process_time(), {}
        for objective in ("cells", "value"):
            found[objective] = suppress(
                table,
                threshold=params["threshold"],
                zeros_small=params["zeros_small"],
                criterion=params["criterion"],
                objective=objective,
                margins=ALL if params["publish_all_margins"] else HIDEABLE,
                singletons=False,
                zeros_shown=not params["zeros_small"],
            )
        spent = time.process_time() - before
        alone = suppress(
            table,
            zeros_small=params["zeros_small"],
            criterion=params["criterion"],
            margins=ALL if params["publish_all_margins"] else HIDEABLE,
            singletons=False,
            zeros_shown=not params["zeros_small"],
            exact=False,
        )
        quick = [
            quick[0] + alone.cells,
            quick[1] + expected["min_secondary_cells"],
            quick[2] + expected["gauss_suppression_benchmark"]["secondary"],
        ]
        ours = found["cells"].cells, found["value"].value
        right += ours == (expected["min_secondary_cells"], expected["min_secondary_value"])
        gauss = expected["gauss_suppression_benchmark"]
        told = f"{ours[0]:18} {expected['min_secondary_cells']:7} {gauss['secondary']:5}"
        more = f"{ours[1]:18} {expected['min_secondary_value']:7} {gauss['value']:5}"
        zeros = "small" if params["zeros_small"] else "shown"
        margins = "all" if params["publish_all_margins"] else "hideable"
        print(f"{case['id']:20} {params['criterion']:9} {zeros:9} {margins:8} {told} {more} {spent:7.2f}", flush=True)
    print(f"optimum reached in {right} of {len(cases)}; cells in all: heuristic alone {quick[0]}, optimum {quick[1]}, Gauss {quick[2]}\n")


def timed(make, **options):
    before = time.process_time()
    tables, sums = make()
    found = suppress(tables, sums=sums, **options)
    hidden = time.process_time() - before
    small = [one == Hidden.SMALL for one in found.pattern]
    before = time.process_time()
    told = audit(found.published(), Rule(), small=small, sums=sums)
    return hidden, time.process_time() - before, found, told


def wide(shape, scale, seed):
    rng = np.random.default_rng(seed)
    inner = rng.poisson(rng.gamma(shape, scale, (98, 19)))
    return [with_totals(("kommune", "gruppe"), ([f"k{n}" for n in range(98)], [f"g{n}" for n in range(19)]), inner)], ()


def municipalities(seed):
    with (SHARED / "denmark/municipalities.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    column = next(name for name in rows[0] if "region" in name)
    places = [(row[next(iter(row))], row[column]) for row in rows][:98]
    regions = sorted({region for _, region in places})
    rng = np.random.default_rng(seed)
    size = rng.lognormal(3.0, 0.8, 98)[:, None, None] * np.array([0.9, 1.4, 0.5, 0.7, 0.25])[None, :, None] * np.array([1.0, 1.1])
    inner = rng.poisson(size)
    levels = [f"u{n}" for n in range(5)], ["k", "m"]
    fine = with_totals(("kommune", "uddannelse", "køn"), ([code for code, _ in places], *levels), inner)
    grouped = np.stack([inner[[n for n, (_, mine) in enumerate(places) if mine == region]].sum(axis=0) for region in regions])
    coarse = with_totals(("region", "uddannelse", "køn"), (regions, *levels), grouped)
    sums = []
    for number, region in enumerate(regions):
        for place in coarse.places():
            if place[0] == number:
                rest = frozenset(one for one in coarse.key(place) if one[0] != "region")
                parts = tuple(rest | {("kommune", code)} for code, mine in places if mine == region)
                sums.append(Sum(coarse.key(place), parts))
    return [fine, coarse], sums


def report(name, runs):
    hidden, tried, found, told = zip(*runs, strict=True)
    cells = sum(one.size for one in found[0].pattern)
    small = int(sum((one == Hidden.SMALL).sum() for one in found[0].pattern))
    safe = "audit passed" if all(one.safe for one in told) else "AUDIT FAILED"
    counts = f"{cells:5} cells {small:4} small {found[0].cells:4} protecting"
    print(f"{name:44} {counts}   {statistics.median(hidden):6.1f} s + audit {statistics.median(tried):5.1f} s   {safe}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--skip-large", action="store_true")
    chosen = parser.parse_args()
    optima()
    if chosen.skip_large:
        return
    for shape, scale in ((3.0, 20), (1.5, 20), (0.7, 20)):
        for singletons in (False, True):
            name = f"98 x 19, gamma {shape}, {'each knows their own' if singletons else 'readers only'}"
            report(name, [timed(partial(wide, shape, scale, seed), singletons=singletons) for seed in range(chosen.seeds)])
    report("municipalities, 1,872 cells", [timed(partial(municipalities, seed), singletons=False) for seed in range(chosen.seeds)])
    spent = []
    for seed in range(chosen.seeds):
        rng = np.random.default_rng(seed)
        denominator = rng.poisson(rng.gamma(1.5, 60, (98, 4)))
        levels = [f"k{n}" for n in range(98)], [f"u{n}" for n in range(4)]
        top, bottom = (with_totals(("kommune", "uddannelse"), levels, one) for one in (rng.binomial(denominator, 0.15), denominator))
        before = time.process_time()
        content = release(top, bottom, Definition("rygning", "1", "pct.", "2025"), Terms("Region"))
        spent.append(time.process_time() - before)
    print(f"release 98 x 4, safe and audited: {statistics.median(spent):.1f} s; {content['disclosure']['hidden']} of 495 rows hidden")


if __name__ == "__main__":
    main()
