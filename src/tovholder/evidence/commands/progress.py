"""Word on standard error about what takes time, for those who wait."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

SOON, AGAIN = 2.0, 10.0


@contextmanager
def waiting(sentence: str) -> Iterator[None]:
    """This will say what is going on once it has taken two seconds, and then every ten."""
    done = threading.Event()
    began = time.monotonic()

    def tell() -> None:
        pause = SOON
        while not done.wait(pause):
            sys.stderr.write(f"{sentence} … {time.monotonic() - began:.0f} sekunder\n")
            sys.stderr.flush()
            pause = AGAIN

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def notice(sentences: Iterable[str]) -> None:
    """This will tell how files were read."""
    for sentence in sentences:
        sys.stderr.write(f"{sentence}\n")
