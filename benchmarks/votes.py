"""Votes from many phones while the server is killed: nothing acknowledged is lost, nothing is stored twice.

    python benchmarks/votes.py --clients 64 --votes 20000 --database sqlite --kills 3

The law that is checked: acknowledged ⊆ stored ⊆ attempted, and one row for each device and statement.
"""

import argparse
import dataclasses
import itertools
import json
import os
import random
import signal
import statistics
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from phones import Client, Device, Ledger, Tally, join
from places import DATABASES, Server, ask, free_port

TOVHOLDER = (sys.executable, "-c", "from tovholder.cli.entry import main; main()")
# Kerrokantasi, measured with the same law on the same kind of machine: votes lost, CPU and SQL for each vote.
PEER = {"name": "Kerrokantasi", "lost": "39-42 % (8 clients)", "cpu_ms": 17.4, "sql": 22}


@dataclass(frozen=True)
class Outcome:
    """What came out of one round."""

    seed: int
    attempted: int
    acknowledged: int
    stored: int
    lost: int
    invented: int
    doubled: int
    refused: int
    unknown: int
    kills: int
    seconds: float
    longest_outage: float
    p50_ms: float
    p99_ms: float
    server_cpu_ms: float
    database_cpu_ms: float
    sql: float | None

    @property
    def holds(self):
        return not (self.lost or self.invented or self.doubled or self.refused) and self.acknowledged == self.attempted


def read_ledgers(folder):
    """This will give, for each device, the votes attempted, acknowledged and refused, as the ledgers tell."""
    told = {"sent": {}, "stored": {}, "refused": {}}
    for path in sorted(folder.glob("*.ledger")):
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, device, statement, answer = json.loads(line)[:4]
            told[kind].setdefault(device, {})[statement] = answer
    return told["sent"], told["stored"], told["refused"]


def draw_devices(votes, statements, rng):
    """This will give devices whose answers differ, so that stored rows tell which device they came from."""
    devices, seen = [], set()
    for number, start in enumerate(range(0, votes, len(statements))):
        chosen = statements[: min(len(statements), votes - start)]
        for _ in range(1000):
            answers_given = tuple(rng.choice((1, -1, 0)) for _ in chosen)
            if answers_given not in seen:
                break
        seen.add(answers_given)
        devices.append(Device(f"device-{number}", dict(zip(chosen, answers_given, strict=True))))
    return devices


def in_parallel(jobs):
    """This will run the jobs in a thread each and raise the first error."""
    errors = []

    def guarded(job):
        try:
            job()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


@contextmanager
def killing(server, tally, marks):
    """This will kill and restart the server each time so many votes have been acknowledged; raises if it stays away."""
    over, errors = threading.Event(), []

    def kill():
        try:
            for mark in marks:
                while tally.acknowledged < mark:
                    if over.wait(0.002):
                        return
                server.end(signal.SIGKILL)
                server.kills += 1
                server.start()
        except Exception as error:
            errors.append(error)
            tally.hopeless.set()  # the phones need not wait for a server that will not come back

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield
    finally:
        over.set()
        killer.join()
    if errors:
        raise errors[0]


def compare(sent, acknowledged, rows):
    """This will count what is lost, invented and doubled; devices are recognised by what they answered."""
    groups = {}
    rows = [(device, str(statement), int(answer)) for device, statement, answer in rows]
    for device, statement, answer in rows:
        groups.setdefault(device, set()).add((statement, answer))
    doubled = len(rows) - len({(device, statement) for device, statement, _ in rows})
    left = {name: set(votes.items()) for name, votes in sent.items()}
    by_answers = {frozenset(votes): name for name, votes in left.items()}
    lost = invented = 0
    for group in sorted(groups.values(), key=len, reverse=True):
        name = by_answers.get(frozenset(group))
        if name not in left:
            name = max(left, key=lambda other: len(left[other] & group) * 2 - len(left[other] ^ group), default=None)
        wanted = left.pop(name, set())
        invented += len(group - wanted)
        lost += len(set(acknowledged.get(name, {}).items()) - group)
    lost += sum(len(acknowledged.get(name, {})) for name in left)
    return lost, invented, doubled


def sql_per_vote(log):
    """This will give the mean number of SQL statements of the stored votes in the access log, if it tells."""
    counts = []
    for line in log.read_text(errors="replace").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:  # the kill cut a line in two
            continue
        if (entry["method"], entry["status"]) == ("POST", 200) and entry["sql"] is not None:
            counts.append(entry["sql"])
    return statistics.mean(counts) if counts else None


def run(
    clients=64,
    votes=20_000,
    database="sqlite",
    kills=3,
    *,
    seed=1,
    statements=20,
    duplicates=0.05,
    program=TOVHOLDER,
    folder=None,
):
    """This will run one round in a folder of its own and give the outcome; RuntimeError when nothing could start."""
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(folder or temporary)
        with DATABASES[database](place) as store:
            return _round(clients, votes, store, kills, seed, statements, duplicates, program, place)


def environment_for(place, store, port):
    """This will give the environment in which the program uses this folder, this database and this port."""
    return {
        **os.environ,
        "TOVHOLDER_HOME": str(place / "home"),
        "TOVHOLDER_DATABASE": store.address,
        "TOVHOLDER_ADDRESS": f"http://127.0.0.1:{port}",
    }


def _round(clients, votes, store, kills, seed, statements, duplicates, program, place):
    rng, port, tally = random.Random(seed), free_port(), Tally()
    environment = environment_for(place, store, port)
    ask(program, environment, "migrate", "--verbosity", "0")
    hall = json.loads(ask(program, environment, "prepare_votes", "--statements", str(statements), "--json"))
    devices = draw_devices(votes, hall["statements"], rng)
    shares = [devices[number::clients] for number in range(clients)]
    voters = [
        Client(port, Ledger(place / f"{number}.ledger"), tally, random.Random(seed + number), duplicates=duplicates)
        for number in range(clients)
    ]
    server = Server(program, port, environment, place)
    server.start()
    try:
        in_parallel([partial(_join_all, port, hall["code"], share) for share in shares])
        server.count_from_here()
        database_before, began = store.cpu(), time.monotonic()
        marks = [votes * number // (kills + 1) for number in range(1, kills + 1)]
        with killing(server, tally, marks):
            in_parallel([partial(_vote_all, hall["code"], *pair) for pair in zip(voters, shares, strict=True)])
        seconds, database_used = time.monotonic() - began, store.cpu() - database_before
    finally:
        server.end(signal.SIGTERM)
        for voter in voters:
            voter.leave()
    rows = json.loads(ask(program, environment, "count_votes", "--json"))
    return _outcome(seed, place, tally, rows, server, seconds, database_used)


def _join_all(port, code, devices):
    for device in devices:
        join(port, code, device)


def _vote_all(code, voter, devices):
    for device in devices:
        voter.vote_all(code, device)


def _outcome(seed, place, tally, rows, server, seconds, database_used):
    sent, stored, refused = read_ledgers(place)
    if rows["rows"] != len(rows["keys"]):
        raise RuntimeError(f"count_votes counts {rows['rows']} rows and lists {len(rows['keys'])}")
    lost, invented, doubled = compare(sent, stored, rows["keys"])
    waits = sorted(tally.waits) or [0.0]
    moments = sorted(tally.moments)
    posts = max(tally.posts, 1)
    return Outcome(
        seed=seed,
        attempted=sum(map(len, sent.values())),
        acknowledged=sum(map(len, stored.values())),
        stored=rows["rows"],
        lost=lost,
        invented=invented,
        doubled=doubled,
        refused=sum(map(len, refused.values())),
        unknown=tally.unknown,
        kills=server.kills,
        seconds=seconds,
        longest_outage=max((later - earlier for earlier, later in itertools.pairwise(moments)), default=0.0),
        p50_ms=waits[len(waits) // 2],
        p99_ms=waits[len(waits) * 99 // 100],
        server_cpu_ms=server.cpu * 1000 / posts,
        database_cpu_ms=database_used * 1000 / posts,
        sql=sql_per_vote(place / "server.log"),
    )


def report(outcome):
    """This will give the outcome as lines for people, beside the peer's published figures."""
    lines = [
        f"{name:16} {value:,.2f}" if isinstance(value, float) else f"{name:16} {value}"
        for name, value in dataclasses.asdict(outcome).items()
    ]
    total = outcome.server_cpu_ms + outcome.database_cpu_ms
    sql = "unknown" if outcome.sql is None else f"{outcome.sql:.1f}"
    lines += [
        "",
        f"{'':16} {'Tovholder':>22} {PEER['name']:>22}",
        f"{'lost':16} {outcome.lost:>22} {PEER['lost']:>22}",
        f"{'CPU ms a vote':16} {total:>22.2f} {PEER['cpu_ms']:>22}",
        f"{'SQL a vote':16} {sql:>22} {PEER['sql']:>22}",
        "",
        "The law holds." if outcome.holds else "THE LAW IS BROKEN.",
    ]
    return "\n".join(lines)


def main():
    """This will run one round from the command line; exit code 1 when the law is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--votes", type=int, default=20_000)
    parser.add_argument("--database", choices=sorted(DATABASES), default="sqlite")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32))
    chosen = parser.parse_args()
    outcome = run(chosen.clients, chosen.votes, chosen.database, chosen.kills, seed=chosen.seed)
    print(report(outcome))
    sys.exit(0 if outcome.holds else 1)


if __name__ == "__main__":
    main()
