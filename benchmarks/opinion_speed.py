"""How fast the whole Polis-compatible way is, from votes to lists, beside red-dwarf in the same run.

    python benchmarks/opinion_speed.py

CPU seconds on one thread, least and median of several runs. Both get votes that are already read: red-dwarf its list of dictionaries,
Tovholder numbers into lists of names ("rows" is the same from Python tuples). The clock stops when groups, statistics, representative
statements, consensus and priorities are there. The largest peer run takes a minute and two gigabytes of memory; where red-dwarf cannot
run at all, the table says so. Bowling Green's votes are not among the reference data: a drawn conversation of its shape stands in.

What was tried on the way (1,000,000 x 1,000 at 1 %, CPU seconds): base clusters by comparing every person with every center 2.9, with a
grid that rules centers out but gives the same clusters 0.3; three sums of pairs one by one 0.7, packed in one number 0.35; sorting the
votes by person with a sort 3.0, by counting 0.3.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from peers import ONE_THREAD, peer_python

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]
os.environ.update(ONE_THREAD)

PEER = "red-dwarf==0.4.0"
RUNS, PEER_RUNS = 9, 3
BOWLING = ("drawn 2,031 x 896, like Bowling Green", 2031, 896, 0.1239)
# Name, people, statements, share answered, goal in seconds, and whether red-dwarf can do it on an ordinary machine.
LARGE = (
    ("50,000 x 503, 10 %", 50_000, 503, 0.1, 0.58, True),
    ("33,422 x 783, 7 %", 33_422, 783, 0.0707, 0.6, False),
    ("100,000 x 1,000, 5 %", 100_000, 1_000, 0.05, 0.8, False),
    ("1,000,000 x 1,000, 1 %", 1_000_000, 1_000, 0.01, 1.0, False),
)
PEER_PROGRAM = """
import json, pathlib, sys, time, warnings
warnings.simplefilter("ignore")
import numpy as np
from reddwarf.implementations.base import run_pipeline
for line in sys.stdin:
    path, runs = json.loads(line)
    held = np.load(path)
    votes = [
        {"participant_id": p, "statement_id": s, "vote": v, "modified": n}
        for n, (p, s, v) in enumerate(zip(held["person"].tolist(), held["statement"].tolist(), held["answer"].tolist()))
    ]
    spent = []
    for _ in range(runs):
        begun = time.process_time()
        run_pipeline(votes=votes)
        spent.append(time.process_time() - begun)
    most = next(line for line in pathlib.Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(json.dumps([spent, int(most.split()[1]) / 1024]), flush=True)
"""
START_PROGRAM = """
import time
begun = time.process_time()
from tovholder.evidence.opinion.polis import polis
from tovholder.evidence.opinion.votes import votes_from_rows
imported = time.process_time() - begun
polis(votes_from_rows([(str(p), str(s), (p * s) % 3 - 1) for p in range(40) for s in range(12)]))
print(imported, time.process_time() - begun)
"""


def drawn(people, statements, share, seed=1):
    """Votes of two camps with a few very busy voters: person, statement and answer as arrays."""
    import numpy as np

    rng = np.random.default_rng(seed)
    busy = rng.lognormal(0, 1, people)
    each = np.clip(rng.poisson(people * statements * share * busy / busy.sum()), 1, statements)
    person = np.repeat(np.arange(people, dtype=np.int32), each)
    statement = rng.integers(0, statements, person.size, dtype=np.int32)
    place, side = rng.normal(size=(people, 2)).astype(np.float32), rng.normal(size=(statements, 2)).astype(np.float32)
    place[:, 0] += np.where(rng.random(people) < 0.4, 2, -1)
    lean = (place[person] * side[statement]).sum(axis=1) + rng.normal(size=person.size).astype(np.float32)
    answer = np.where(lean > 0.4, 1, np.where(lean < -0.4, -1, 0)).astype(np.int8)
    pair = np.unique(person.astype(np.int64) * statements + statement, return_index=True)[1]
    kept = np.sort(pair)
    return person[kept], statement[kept], answer[kept]


def spent(work, runs):
    times = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return times


def most_memory():
    """Megabytes this process has held at most; the measure of its resources would count what its parent held when it was started."""
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    return int(next(row for row in status if row.startswith("VmHWM")).split()[1]) / 1024


def warmed():
    from tovholder.evidence.opinion.polis import polis
    from tovholder.evidence.opinion.votes import votes_from_codes, votes_from_rows

    for at in (None, [1, 2, 3]):
        polis(votes_from_codes(["1", "2"], ["1", "2"], [0, 0, 1], [0, 1, 0], [1, 0, -1], at))
    return polis, votes_from_codes, votes_from_rows


def large(path, people, statements):
    """One size in a process of its own, so that its memory is its own: prints seconds to votes and from there, memory before and most."""
    import numpy as np

    polis, votes_from_codes, _ = warmed()
    names = [str(n) for n in range(people)], [str(n) for n in range(statements)]
    held = np.load(path)
    person, statement, answer = held["person"], held["statement"], held["answer"]
    before = most_memory()
    runs = []
    for _ in range(3):
        begun = time.process_time()
        votes = votes_from_codes(*names, person, statement, answer)
        built = time.process_time()
        polis(votes)
        runs.append((built - begun, time.process_time() - built))
        del votes
    print(json.dumps([runs, before, most_memory()]))


def start_times():
    """Seconds to import and to import and run: with an empty store of compiled loops, and with a full one."""
    with tempfile.TemporaryDirectory() as store:
        environment = {**os.environ, "NUMBA_CACHE_DIR": store, "PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-c", START_PROGRAM]
        runs = [subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    return [[float(word) for word in run.split()] for run in runs]


def line(*cells):
    print("{:44} {:>9} {:>16} {:>9} {:>17} {:>7}  {}".format(*cells))


def reached(is_reached):
    return "reached" if is_reached else "NOT reached"


def seconds(times):
    return f"{min(times) * 1000:.1f} / {statistics.median(times) * 1000:.1f}"


def main():
    import numpy as np
    from open_conversations import conversation, names

    polis, votes_from_codes, votes_from_rows = warmed()
    shelf = Path(tempfile.mkdtemp(prefix="tovholder-speed-"))
    peer = subprocess.Popen(
        [peer_python(PEER), "-W", "ignore", "-c", PEER_PROGRAM],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip

    def ask_peer(person, statement, answer, runs):
        np.savez(shelf / "votes.npz", person=person, statement=statement, answer=answer)
        peer.stdin.write(json.dumps([str(shelf / "votes.npz"), runs]) + "\n")
        peer.stdin.flush()
        return json.loads(peer.stdout.readline())

    print(f"CPU milliseconds, least / median; Tovholder n={RUNS}, red-dwarf 0.4.0 n={PEER_RUNS}; one thread\n")
    line("conversation", "votes", "Tovholder", "rows", "red-dwarf", "ratio", "goal")
    ratios = []
    small = [(name, None) for name in names()] + [(BOWLING[0], BOWLING[1:])]
    for name, shape in small:
        if shape is None:
            votes = conversation(name)
            person, statement, answer = votes.person, votes.statement, votes.answer
            people, statements = votes.participants, votes.statements
        else:
            person, statement, answer = drawn(*shape)
            people, statements = tuple(str(n) for n in range(shape[0])), tuple(str(n) for n in range(shape[1]))
        rows = [(people[p], statements[s], a) for p, s, a in zip(person.tolist(), statement.tolist(), answer.tolist())]
        ours = spent(lambda: polis(votes_from_codes(people, statements, person, statement, answer)), RUNS)  # noqa: B023
        from_rows = spent(lambda: polis(votes_from_rows(rows)), 3)  # noqa: B023
        theirs, _ = ask_peer(person, statement, answer, PEER_RUNS)
        ratio = statistics.median(theirs) / statistics.median(ours)
        least = 20 if shape is None else 10
        if shape is None:
            ratios.append(ratio)
        verdict = f">= {least}x: {reached(ratio >= least)}"
        line(name[:44], answer.size, seconds(ours), f"{statistics.median(from_rows) * 1000:.1f}", seconds(theirs), f"{ratio:.0f}x", verdict)
    print(f"\nopen conversations: ratio median {statistics.median(ratios):.0f}x, least {min(ratios):.0f}x (goal >= 20x)\n")

    print("Large, CPU seconds (least of 3): to votes + from votes to lists. Memory: the whole process, goal 25 bytes a vote + 350 MB.")
    print("Not run means: red-dwarf's matrix of people and statements, and its distances between all people, outgrow this machine.\n")
    for name, people, statements, share, goal, peer_can in LARGE:
        person, statement, answer = drawn(people, statements, share)
        np.savez(shelf / "votes.npz", person=person, statement=statement, answer=answer)
        command = [sys.executable, __file__, "--one", str(shelf / "votes.npz"), str(people), str(statements)]
        runs, before, memory = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        build, rest = min(runs, key=sum)
        room = 350 + 25 * answer.size / 2**20
        print(f"{name}: {answer.size:,} votes")
        print(f"    {build:.2f} + {rest:.2f} = {build + rest:.2f} s, goal {goal} s: {reached(build + rest <= goal)}")
        print(f"    {memory:.0f} MB, {before:.0f} of it before the first vote was counted, goal {room:.0f}: {reached(memory <= room)}")
        if peer_can:
            theirs, peer_memory = ask_peer(person, statement, answer, 1)
            ratio = theirs[0] / (build + rest)
            print(f"    red-dwarf {theirs[0]:.1f} s, {peer_memory:.0f} MB: {ratio:.0f}x, goal >= 100x: {reached(ratio >= 100)}")
        else:
            print("    red-dwarf: not run")
    cold, warm = start_times()
    print(f"\nStart: import {warm[0]:.1f} s and first result {warm[1]:.1f} s; the very first time, all loops to compile, {cold[1]:.1f} s")
    peer.stdin.close()
    peer.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--one", nargs=3)
    chosen = parser.parse_args()
    if chosen.one:
        large(chosen.one[0], int(chosen.one[1]), int(chosen.one[2]))
    else:
        main()
