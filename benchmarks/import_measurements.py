"""How long a million measurements take from a file to figures that can be seen, and how much memory, on both databases.

    python benchmarks/import_measurements.py [ROWS]

The file is made here: invented counts of 57 indicators for 98 municipalities, month by month over 15 years. The command reads it in its
limited child, holds every row against areas, definitions and groups, and stores all of it. Memory is that of all its processes together."""

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.places import DATABASES  # noqa: E402
from tests import machine  # noqa: E402

ROWS = 1_000_000
PROGRAM = [sys.executable, "-m", "tovholder.cli"]
PREPARE = """
import django
django.setup()
from datetime import UTC, datetime
from tovholder.base.by import SYSTEM
from tovholder.findings import actions
for n in range(57):
    actions.define_indicator(
        code=f"maalt-{n}", name=f"Indikator {n}", owner=None, origin="national_goal", text="Opdigtet.", kind="proportion", unit="pct.",
        direction="lower", numerator="Talt", denominator="Alle", source="Opdigtet", by=SYSTEM, at=datetime.now(UTC))
"""


def make_file(path, rows):
    """This will write a file of invented counts, decimal comma and all, as a Danish spreadsheet saves it."""
    places = ROOT / "src/tovholder/parties/data/municipalities.csv"
    codes = [row["code"] for row in csv.DictReader(places.open(encoding="utf-8")) if row["code"] != "0411"]
    rng = random.Random(20261112)
    with path.open("w", encoding="utf-8-sig") as out:
        out.write("Indikator;Kommune;Periode;Tæller;Nævner;Andel\n")
        for n in range(rows):
            month, place = divmod(n % (180 * 98), 98)
            people = rng.randint(400, 9000)
            count = rng.randint(40, people - 20)
            share = f"{count / people * 100:.1f}".replace(".", ",")
            code, period = f"maalt-{n // (180 * 98)}", f"{2010 + month // 12}-{month % 12 + 1:02d}"
            out.write(f"{code};{codes[place]};{period};{count};{people};{share}\n")


def memory_of(pid):
    """This will give the resident memory of a process and all below it, in megabytes."""
    try:
        own = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return own + sum(memory_of(child) for child in children)


def run(words, environment):
    """This will run a command and give (seconds, CPU seconds, largest memory in MB, what it said); RuntimeError when it fails."""
    began, largest = time.monotonic(), 0.0
    before = os.times()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(words, env=environment, stdout=said, stderr=subprocess.STDOUT)
        while process.poll() is None:
            largest = max(largest, memory_of(process.pid))
            time.sleep(0.03)
        seconds, after = time.monotonic() - began, os.times()
        said.seek(0)
        told = said.read()
    if process.returncode:
        raise RuntimeError(told[-3000:])
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, cpu, largest, told


def main():
    """This will measure the import on each database there is."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    home = machine.postgres_home()
    if home:
        os.environ["PATH"] = f"{home}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory(prefix="tovholder-import") as folder:
        place = Path(folder)
        os.chmod(folder, 0o755)
        file = place / "maalinger.csv"
        make_file(file, rows)
        print(f"{rows:,} rows, {file.stat().st_size / 1e6:.0f} MB CSV. Bar: 60 s and 1,000 MB.")
        for name, database in DATABASES.items():
            if name == "postgres" and not home:
                print("postgres: not on this machine")
                continue
            with database(place) as found:
                environment = os.environ | {"TOVHOLDER_HOME": str(place), "TOVHOLDER_DATABASE": found.address, "TOVHOLDER_POOL": "0"}
                environment["DJANGO_SETTINGS_MODULE"] = "tovholder.config.settings"
                run([*PROGRAM, "migrate", "--verbosity", "0"], environment)
                run([*PROGRAM, "begin"], environment)
                run([sys.executable, "-c", PREPARE], environment)
                words = [*PROGRAM, "import_measurements", str(file), "--owner", "1083", "--drawn-on", "2026-11-12", "--take"]
                before = found.cpu()
                seconds, cpu, largest, told = run(words, environment)
                spent = f"{cpu:.1f} s CPU here, {found.cpu() - before:.1f} s in the database"
                print(f"{name}: {seconds:.1f} s wall, {spent}, {largest:.0f} MB. {told.strip().splitlines()[-1]}", flush=True)


if __name__ == "__main__":
    main()
