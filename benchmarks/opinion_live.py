"""From a vote to the updated map and consensus figures, one vote at a time: goal G.

    python benchmarks/opinion_live.py

CPU time on one thread. A vote is taken into the state, the axes and every person's place are found from the state, and the counts of
every sector and statement are read. The result is a function of the votes alone: the last one is compared, byte by byte, with the same
votes calculated from scratch. There is no peer: Polis recalculates a conversation about every second and warm-starts from the last.
"""

import os
import statistics
import sys
import time
from pathlib import Path

from opinion_speed import drawn, reached
from peers import ONE_THREAD

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]
os.environ.update(ONE_THREAD)

# People, statements, share answered, goal in milliseconds for the 95th percentile.
SIZES = (
    (500, 60, 0.6, 3.0),
    (2_000, 60, 0.5, 50.0),
    (2_000, 200, 0.3, 50.0),
    (2_000, 897, 0.12, 50.0),
    (20_000, 503, 0.1, 200.0),
    (100_000, 1_009, 0.05, 200.0),
)
SECTORS, BATCH, LOOKS = 6, 20_000, 200


def measured(people, statements, share):
    import numpy as np

    from tovholder.evidence.opinion.axes.components import components_of
    from tovholder.evidence.opinion.state.tally import Tally
    from tovholder.evidence.opinion.votes import votes_from_codes

    person, statement, answer = drawn(people, statements, share)
    names = [str(n) for n in range(people)], [str(n) for n in range(statements)]
    votes = votes_from_codes(*names, person, statement, answer)
    tally = Tally.of(votes, {name: f"sector {n % SECTORS}" for n, name in enumerate(names[0])})
    rng = np.random.default_rng(2)
    drawn_events = [rng.integers(0, people, BATCH), rng.integers(0, statements, BATCH), rng.integers(-1, 2, BATCH)]
    events = [(str(p), str(s), int(a)) for p, s, a in zip(*drawn_events)]
    tally.add(*events[0])
    tally.components()
    begun = time.process_time()
    tally.extend(events)
    each = (time.process_time() - begun) / BATCH * 1e6
    looks = []
    for who, what, said in events[:LOOKS]:
        begun = time.process_time()
        tally.add(who, what, -1 if said == 1 else 1)
        found = tally.components()
        tally.counts()
        looks.append((time.process_time() - begun) * 1e3)
    now = tally.votes()
    begun = time.process_time()
    scratch = components_of(now)
    whole = (time.process_time() - begun) * 1e3
    alike = all(
        getattr(found, part).tobytes() == getattr(scratch, part).tobytes() for part in ("center", "axes", "projection", "extremity")
    )
    return now.count, each, looks, whole, alike


def main():
    print(
        f"{'people x statements':20} {'votes':>10} {'us a vote':>10} {'ms median':>10} {'ms p95':>8} {'from scratch ms':>16}  bytes  goals"
    )
    for people, statements, share, goal in SIZES:
        count, each, looks, whole, alike = measured(people, statements, share)
        p95 = statistics.quantiles(looks, n=20)[-1]
        told = f"state <= 5 us: {reached(each <= 5)}; p95 <= {goal:.0f} ms: {reached(p95 <= goal)}"
        if people == 500:
            told += f"; from scratch <= 3 ms: {reached(whole <= 3)}"
        shape, same = f"{people:,} x {statements:,}", "same" if alike else "OTHER"
        print(f"{shape:20} {count:>10,} {each:>10.2f} {statistics.median(looks):>10.2f} {p95:>8.2f} {whole:>16.2f}  {same}   {told}")


if __name__ == "__main__":
    main()
