"""Search over 20,000 answers, what the reader may see included, on SQLite and on PostgreSQL: `python benchmarks/search.py [answers]`.

The whole query function is measured: reading the question, asking the index, each room's rule of who may see what, the ranking, and the
twenty hits that are shown. One answer in twenty lies at a conference that is not public. Peers index the same texts; they know nothing of
who may see what.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

GOAL_MS, HIGHEST_MS = 5.0, 1.0
ROUNDS = 100
QUERIES = (
    "patient", "kommunen", "udskrivning", "genoptræningsplan", "medicinliste", "pårørende", "besked før udskrivning",
    "læge kommune sygehus", "Vejle", "ventetid på psykiatrisk hjælp", "hjemmepl", "udskrvning", "xylofon", "sygeplejersken ringede",
    "patient kommune sygehus læge hjemmepleje",
)  # fmt: skip
FIRST = [
    *("medicin", "hjemme", "sygehus", "patient", "udskrivnings", "genoptrænings", "forløbs", "kontakt", "akut", "læge", "pårørende"),
    *("demens", "diabetes", "hjerte", "kræft"),
]
LAST = [
    *("plan", "team", "samtale", "møde", "vejledning", "koordinator", "afdeling", "liste", "ordning", "tilbud", "skole", "bil", "time"),
    *("besøg", "rapport", "kurve"),
]
PEERS = ("bm25s", "rank-bm25")
PEER = """
import json, statistics, sys, time
texts, queries, rounds = json.load(sys.stdin)
words = [text.lower().split() for text in texts]
def timed(name, ask):
    for query in queries: ask(query.lower().split())
    spent = []
    for _ in range(rounds):
        for query in queries:
            began = time.process_time(); ask(query.lower().split()); spent.append((time.process_time() - began) * 1000)
    spent.sort()
    print(json.dumps([name, statistics.median(spent), spent[int(len(spent) * .95)]]))
import bm25s
fast = bm25s.BM25(); fast.index(words, show_progress=False)
timed("bm25s", lambda query: fast.retrieve([query], k=20, show_progress=False, n_threads=0))
from rank_bm25 import BM25Okapi
slow = BM25Okapi(words)
rounds = 2
timed("rank_bm25", lambda query: slow.get_top_n(query, texts, n=20))
"""


def texts(count, seed=20261124):
    """This will give so many answers made of the demonstration's sentences, places and compounds nobody has written before."""
    rng = random.Random(seed)
    data = ROOT / "src" / "tovholder" / "cli" / "demo" / "data"
    said = json.loads((data / "earlier.json").read_text("utf-8"))
    sentences = [row[4] for part in said.values() for row in part.get("statements", [])]
    places = sorted({row[2] for part in said.values() for row in part.get("statements", []) if row[2]})
    made = []
    for _ in range(count):
        words = rng.sample(sentences, rng.choice((1, 1, 2, 2, 3)))
        if rng.random() < 0.5:
            words.append(rng.choice(("Patienten", "Kommunen", "Min læge")) + f" kendte ikke vores {rng.choice(FIRST)}{rng.choice(LAST)}.")
        if rng.random() < 0.2:
            words.append(f"Det var på sygehuset i {rng.choice(places)}, stue {rng.randrange(1, 3000)}.")
        rng.shuffle(words)
        made.append(" ".join(words))
    return made


def fill(count):
    """This will store the answers as published statements and make them findable; returns the CPU milliseconds a row took."""
    from tests import factories
    from tovholder.base.models import Thing
    from tovholder.base.write import write
    from tovholder.dialogue.models import Statement
    from tovholder.threads import actions

    public = factories.make_question()
    draft = factories.make_question(conference=factories.make_conference(state="draft"))
    with write():
        things = Thing.objects.bulk_create(Thing(id=f"{number:026}", kind="statement", created_at=factories.AT) for number in range(count))
        asked = [draft if number % 20 == 7 else public for number in range(count)]
        Statement.objects.bulk_create(
            Statement(
                thing=thing, question=question, conference=question.conference, number=number, kind="proposal", text=text,
                written_at=factories.AT, state="published", state_at=factories.AT,
            )
            for number, (thing, question, text) in enumerate(zip(things, asked, texts(count), strict=True), 1)
        )  # fmt: skip
    began = time.process_time()
    actions.rebuild_search(by=factories.SYSTEM, at=factories.AT)
    return (time.process_time() - began) * 1000 / count


def inside(count, pid):
    """This will run in a process of its own, on the database the environment names, and print what was measured as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tovholder.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.places import Database
    from tests.factories import AT
    from tovholder.base.by import By
    from tovholder.threads.queries import search

    call_command("migrate", verbosity=0)
    row_ms = fill(count)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    measured, first, database = {}, {}, Database("", pid)
    by = By(device="a phone")
    for query in QUERIES:
        result = search(query, by, AT)
        first[query] = [row.text for row in result.found]
        spent, began = [], database.cpu()
        for _ in range(ROUNDS):
            wall, cpu = time.perf_counter(), time.process_time()
            search(query, by, AT)
            spent.append(((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000))
        server = (database.cpu() - began) * 1000 / ROUNDS
        measured[query] = (result.total, result.way, *(_middle_and_late(row) for row in zip(*spent, strict=True)), server)
    print(json.dumps({"row_ms": row_ms, "queries": measured, "first": first}))


def _middle_and_late(values):
    values = sorted(values)
    return statistics.median(values), values[int(len(values) * 0.95)]


def on(database, count):
    """This will measure on one database and return what was printed."""
    with tempfile.TemporaryDirectory(prefix="search") as home:
        environment = os.environ | {
            "TOVHOLDER_HOME": home, "TOVHOLDER_DATABASE": database.address, "TOVHOLDER_POOL": "0", "OMP_NUM_THREADS": "1",
        }  # fmt: skip
        command = [sys.executable, __file__, "--inside", str(database.pid or 0), str(count)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def peers(count):
    """This will measure the peers on the same texts and questions; yields (name, median, p95) in CPU milliseconds."""
    from benchmarks.peers import run_peer

    told = run_peer(PEERS, PEER, text=json.dumps([texts(count), QUERIES, 10]))
    for line in told.splitlines():
        if line.startswith("["):
            yield json.loads(line)


def report(name, measured):
    """This will print one database's table and return the median, the slowest and the slowest p95, CPU with the server's own."""
    print(f"\n{name}: a row is written anew in {measured['row_ms']:.2f} ms of CPU\n")
    print(f"{'question':<42}{'hits':>7} {'way':<7}{'CPU ms':>9}{'p95':>8}{'of it database':>16}{'wall ms':>9}{'p95':>8}")
    rows = []
    for query, (total, way, wall, cpu, server) in measured["queries"].items():
        rows.append((cpu[0] + server, cpu[1] + server))
        print(f"{query:<42}{total:>7} {way:<7}{rows[-1][0]:>9.2f}{rows[-1][1]:>8.2f}{server:>16.2f}{wall[0]:>9.2f}{wall[1]:>8.2f}")
    return statistics.median(row[0] for row in rows), max(row[0] for row in rows), max(row[1] for row in rows)


def main():
    """This will measure on both databases and beside the peers; exit code 1 when the bar is not reached."""
    if "--inside" in sys.argv:
        return inside(int(sys.argv[-1]), int(sys.argv[-2]) or None)
    from benchmarks.places import Database, postgres
    from tests import machine

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    os.environ["PATH"] = f"{machine.postgres_home()}{os.pathsep}{os.environ['PATH']}"
    done = {"SQLite": on(Database(""), count)}
    with postgres(Path(tempfile.gettempdir())) as database:
        done["PostgreSQL"] = on(database, count)
    reached = {name: report(name, measured) for name, measured in done.items()}
    same = sum(done["SQLite"]["first"][query] == done["PostgreSQL"]["first"][query] for query in QUERIES)
    print(f"\nThe first twenty hits are the same, in the same order, for {same} of {len(QUERIES)} questions on both databases.")
    print("\nCPU milliseconds of the whole query function, on PostgreSQL with the server's own. Wall time holds what else was running.")
    print(f"\n{'':<12}{'bar ms':>8}{'goal ms':>9}{'median':>9}{'slowest':>9}{'p95 of it':>11}")
    for name, (middle, slowest, late) in reached.items():
        print(f"{name:<12}{GOAL_MS:>8.1f}{HIGHEST_MS:>9.1f}{middle:>9.2f}{slowest:>9.2f}{late:>11.2f}")
    for name, middle, late in peers(count):
        print(f"{name:<12}{'':>17}{middle:>9.2f}{'':>9}{late:>11.2f}   (CPU; without visibility, snippets or compounds)")
    return int(any(slowest > GOAL_MS for _middle, slowest, _late in reached.values()) or same < len(QUERIES))


if __name__ == "__main__":
    sys.exit(main())
