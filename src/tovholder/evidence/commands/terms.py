"""What a data owner may ask on the command line, the same for suppress, audit and release."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from tovholder.evidence.commands.arguments import Wrong

LEAST, MOST = 2, 1000


def add_terms(parser: argparse.ArgumentParser) -> None:
    """This will say what may be written of threshold and zeros."""
    parser.add_argument("--threshold", default="5")
    parser.add_argument("--zeros-small", action="store_true")


def threshold_of(text: str) -> int:
    """This will read a threshold; raises Wrong."""
    if not text.isascii() or not text.isdigit() or len(text) > 6 or not LEAST <= int(text) <= MOST:
        why = " Med 1 er intet tal småt." if text == "1" else ""
        raise Wrong(f"--threshold skal være et helt tal fra {LEAST} til {MOST}, ikke »{text[:20]}«.{why}")
    return int(text)


@contextmanager
def refusing() -> Iterator[None]:
    """This will turn what disclosure refuses into one sentence: Wrong."""
    from tovholder.evidence.disclosure.linear import Unsolved
    from tovholder.evidence.disclosure.safe import Infeasible
    from tovholder.evidence.disclosure.tables import BadTable

    try:
        yield
    except (BadTable, Infeasible, ValueError) as sentence:
        raise Wrong(str(sentence)) from None
    except Unsolved:
        raise Wrong("Vi kan ikke afgøre, om de skjulte tal kan regnes ud. Del tabellen op, og prøv igen.") from None


def interval(low: int, high: int | None) -> str:
    """This will put what a hidden number can be in words."""
    if high is None:
        return f"{low} eller mere"
    return f"netop {low}" if low == high else f"{low} til {high}"
