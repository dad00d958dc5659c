"""How long the keeper's look takes while a hall of 2,000 phones answers: the whole map drawn in place, and drawn aside.

    python benchmarks/opinion_keeping.py [phones]

Wall time of each look: reading the new answers, calculating the fast part, storing it. Looks are made every 0.8 seconds of the hall's own
clock, forty answers between two; whole maps are due every twelve seconds at most, as in life. There is no peer: Polis has no such part.
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
GOAL_MS, PACE, ANSWERS, STATEMENTS, LOOKS = 50.0, 0.8, 40, 60, 90


def looked(draw, phones):
    """This will return the milliseconds of every look, and how many whole maps were drawn."""
    import numpy as np
    from django.core.management import call_command

    from tests.factories import AT, SYSTEM
    from tests.factories_opinion import DEVICE, make_hall
    from tovholder.dialogue.models import Vote
    from tovholder.findings import actions
    from tovholder.findings.models import OpinionMap

    call_command("flush", verbosity=0, interactive=False)
    conference, rows = make_hall(sectors={"citizen": phones // 2, "municipality": phones // 2}, statements=STATEMENTS, answers=30)
    rng, keeper, spent, drawn = np.random.default_rng(3), actions.Keeper(draw), [], set()
    began = time.monotonic()
    asked = set(Vote.objects.values_list("device", "statement"))
    for number in range(1, LOOKS + 1):
        at = AT + timedelta(hours=1, seconds=number * PACE)
        made = []
        while len(made) < ANSWERS:
            device, row = f"{DEVICE}-{rng.integers(phones)}-1", rows[rng.integers(STATEMENTS)]
            if (device, row.pk) not in asked:
                asked.add((device, row.pk))
                made.append(Vote(statement=row, device=device, answer=int(rng.integers(-1, 2)), key="k", at=at))
        Vote.objects.bulk_create(made)
        wall = time.perf_counter()
        keeper.look(by=SYSTEM, at=at)
        spent.append((time.perf_counter() - wall) * 1e3)
        drawn.add(OpinionMap.objects.values_list("drawn_at", flat=True).get(conference=conference))
        time.sleep(max(0.0, began + number * PACE - time.monotonic()))
    return spent, len(drawn - {None})


def main():
    phones = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "TOVHOLDER_HOME": home, "TOVHOLDER_DATABASE": "", "DJANGO_SETTINGS_MODULE": "tovholder.config.settings",
            "OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1",
        }  # fmt: skip
        import django

        django.setup()
        from django.core.management import call_command

        from tovholder.cli.aside import Aside
        from tovholder.findings import actions, queries

        call_command("migrate", verbosity=0)
        queries.make_ready()
        print(f"{phones:,} phones\n{'':10}{'median ms':>10}{'p95':>9}{'longest':>9}{'whole maps':>12}")
        for name, draw in (("in place", actions.InPlace), ("aside", Aside)):
            spent, drawn = looked(draw, phones)
            # The first look reads everything there is.
            later = spent[1:]
            p95 = statistics.quantiles(later, n=20)[-1]
            print(f"{name:10}{statistics.median(later):>10.1f}{p95:>9.1f}{max(later):>9.1f}{drawn:>12}", flush=True)
    print(f"goal: p95 of {GOAL_MS:.0f} ms for the fast part")


if __name__ == "__main__":
    main()
