"""The one way to write: a re-entrant transaction that takes its turn."""

import fcntl
import threading
from collections import deque
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction


class FairLock:
    """Threads get the lock in the order they asked; SQLite's own busy handler lets some wait for seconds."""

    def __init__(self):
        self._gate = threading.Lock()
        self._waiting = deque()
        self._held = False

    def __enter__(self):
        with self._gate:
            if not self._held and not self._waiting:
                self._held = True
                return self
            turn = threading.Event()
            self._waiting.append(turn)
        turn.wait()
        return self

    def __exit__(self, *exc):
        with self._gate:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False


_turns = FairLock()
_lock_files = {}


@contextmanager
def _own_turn():
    name = str(connection.settings_dict["NAME"])
    if name.startswith("file:") or name == ":memory:":
        with _turns:
            yield
        return
    with _turns:
        if name not in _lock_files:
            _lock_files[name] = Path(name + ".lock").open("w")  # noqa: SIM115 - held for the life of the process
        handle = _lock_files[name]
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)


@contextmanager
def write():
    """This will run what is inside as one transaction; inside another write it joins that one."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _own_turn(), transaction.atomic():
            yield
    else:
        with transaction.atomic():
            yield
