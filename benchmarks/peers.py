"""Peers to be measured against, each in a virtual environment of its own outside the project; made once, kept for the next run."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "NUMEXPR_NUM_THREADS")
ONE_THREAD = dict.fromkeys(THREADS, "1")


def peer_python(*requirements: str) -> Path:
    """This will give the Python of an environment that has the requirements, installed by package name; raises CalledProcessError."""
    wanted = "\n".join(sorted(requirements))
    key = hashlib.sha256(f"{sys.version}\n{wanted}".encode()).hexdigest()[:16]
    shelf = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "tovholder-peers"
    shelf.mkdir(parents=True, exist_ok=True)
    place, ready = shelf / key, shelf / f"{key}.ready"
    with (shelf / f"{key}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            shutil.rmtree(place, ignore_errors=True)
            venv.create(place, with_pip=True)
            subprocess.run([place / "bin" / "python", "-m", "pip", "install", "--quiet", *sorted(requirements)], check=True)
            ready.write_text(wanted + "\n", "utf-8")
    return place / "bin" / "python"


def run_peer(requirements: tuple[str, ...], program: str, *arguments: str, text: str | None = None) -> str:
    """This will run a program text in the peer's environment on one thread and give what it prints; raises CalledProcessError."""
    done = subprocess.run(
        [peer_python(*requirements), "-c", program, *arguments],
        input=text,
        env={**os.environ, **ONE_THREAD},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout
