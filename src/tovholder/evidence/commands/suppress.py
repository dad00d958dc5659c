"""`suppress`: a table of counts, small numbers and what protects them hidden, to JSON."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tovholder.evidence.commands.progress import notice, waiting
from tovholder.evidence.commands.terms import add_terms, refusing, threshold_of
from tovholder.evidence.commands.writing import as_json, check_place, write

if TYPE_CHECKING:
    from tovholder.evidence.disclosure.audit import Audit
    from tovholder.evidence.disclosure.safe import Suppressed

SCHEMA = "tovholder-suppressed-1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This will say what may be written after `suppress`."""
    parser.add_argument("table", metavar="TABEL.csv", type=Path)
    add_terms(parser)
    parser.add_argument("--criterion", choices=("range", "exact"), default="range")
    parser.add_argument("--objective", choices=("cells", "value"), default="cells")
    parser.add_argument("--margins", choices=("hideable", "all", "none"), default="hideable")
    parser.add_argument("--known", type=Path, nargs="+", default=[])


def run(chosen: argparse.Namespace) -> None:
    """This will read, hide and write; raises Wrong, Unreadable and Unwritable with a sentence."""
    threshold = threshold_of(chosen.threshold)
    check_place(chosen.out, (chosen.table, *chosen.known))
    from tovholder.evidence.disclosure.audit import audit
    from tovholder.evidence.disclosure.files import read_published, read_table
    from tovholder.evidence.disclosure.primary import Rule
    from tovholder.evidence.disclosure.safe import Hidden, suppress

    with refusing():
        with waiting("Læser tabellen"):
            table, notices = read_table(chosen.table)
            earlier = [read_published(path) for path in chosen.known]
        notice((*notices, *(one for _, more in earlier for one in more)))
        known = [one for one, _ in earlier]
        with waiting("Skjuler små tal"):
            found = suppress(
                table,
                threshold=threshold,
                zeros_small=chosen.zeros_small,
                criterion=chosen.criterion,
                objective=chosen.objective,
                margins=chosen.margins,
                known=known,
            )
            rule = Rule(threshold, chosen.zeros_small, chosen.criterion)
            tried = audit(found.published(), rule, known=known, small=[found.pattern[0] == Hidden.SMALL])
    write(chosen.out, as_json(report(found, tried)))


def report(found: Suppressed, tried: Audit) -> dict[str, Any]:
    """This will give the table as readers may see it, and apart from it what is for the owner alone."""
    from tovholder.evidence.disclosure.safe import Hidden

    table, why, shown = found.tables[0], found.pattern[0], found.published()[0]
    places = [place for place in table.places() if why[place] != Hidden.LEFT_OUT]
    numbers = [(place, int(shown.counts[place])) for place in places]
    narrowest = tried.narrowest
    return {
        "schema": SCHEMA,
        "method": found.method,
        "version": found.version,
        "parameters": dict(found.parameters),
        "by": list(table.dims),
        "cells": [{"at": list(table.labels(place)), "n": number if number >= 0 else None} for place, number in numbers],
        "safe": tried.safe,
        "narrowest": None if narrowest is None else {"at": narrowest.name, "low": narrowest.low, "high": narrowest.high},
        "private": {
            "inputs": found.digest,
            "hidden": [
                {"at": list(table.labels(place)), "why": Hidden(int(why[place])).name.lower()} for place, number in numbers if number < 0
            ],
            "protecting_cells": found.cells,
            "protecting_value": found.value,
            "fewest_proved": found.proved,
        },
    }
