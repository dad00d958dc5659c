"""Runs the suite on SQLite, then what touches the database on PostgreSQL. `--slow` runs the exhaustive part instead."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.places import postgres  # noqa: E402
from tests import machine  # noqa: E402

ON_POSTGRES = [
    *("base", "attacks", "parties", "intake", "dialogue", "plans", "initiatives", "consultations", "findings", "threads"),
    *("jobs", "web", "journeys", "benchmarks", "cli"),
]
CORES = os.cpu_count() or 2


def pytest(*words, **environment):
    """This will run pytest in a process of its own and return its exit code; no test collected counts as none failed."""
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]
    with tempfile.TemporaryDirectory(prefix="tovholder-test") as home:
        code = subprocess.run(command, cwd=ROOT, env=os.environ | {"TOVHOLDER_HOME": home} | environment, check=False).returncode
    print(f"  … {time.monotonic() - began:.0f} s", flush=True)
    return 0 if code == 5 else code


def main():
    """This will run both databases and leave with 1 when anything failed."""
    slow = "--slow" in sys.argv
    which, on_postgres = ("slow", "slow or once") if slow else ("not slow", "not slow and not once")
    # One more than there are cores, since a browser, a server or a child often keeps its worker waiting; the thorough ones fill theirs.
    workers = min(8, CORES if slow else CORES + 1)
    # Files whole, in our order (conftest): those of few and long tests first, so that none of them runs alone at the end.
    shared_out = ("-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder")
    home = machine.postgres_home()
    if home:
        os.environ["PATH"] = f"{home}{os.pathsep}{os.environ['PATH']}"
    print("Prøver på SQLite" + (" (de grundige)" if slow else ""), flush=True)
    codes = [pytest("-m", which, *shared_out, "tests")]
    if home:
        print("Prøver på PostgreSQL", flush=True)
        folders = [f"tests/{name}" for name in ON_POSTGRES if (ROOT / "tests" / name).is_dir()]
        with postgres(Path(tempfile.gettempdir())) as database:
            there = {"TOVHOLDER_DATABASE": database.address, "TOVHOLDER_POOL": "0"}
            codes.append(pytest("-m", on_postgres, *shared_out, *folders, **there))
    elif os.environ.get("ALLOW_SKIP") != "1":
        codes.append(1)
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main())
