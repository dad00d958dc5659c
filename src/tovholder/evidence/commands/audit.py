"""`audit`: what can be worked out about the hidden numbers of a table."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tovholder.evidence.commands.progress import notice, waiting
from tovholder.evidence.commands.terms import add_terms, interval, refusing, threshold_of
from tovholder.evidence.commands.writing import as_json, check_place, write

if TYPE_CHECKING:
    from tovholder.evidence.disclosure.audit import Audit
    from tovholder.evidence.disclosure.tables import Published

SCHEMA = "tovholder-audit-1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This will say what may be written after `audit`."""
    parser.add_argument("table", metavar="TABEL.csv", type=Path)
    add_terms(parser)
    parser.add_argument("--criterion", choices=("range", "exact"), default="range")
    parser.add_argument("--known", type=Path, nargs="+", default=[])
    parser.add_argument("--json", dest="out", metavar="--json UD.json", type=Path)


def run(chosen: argparse.Namespace) -> int:
    """This will tell what each hidden number can be, and give 1 when that is too much; raises Wrong, Unreadable and Unwritable."""
    threshold = threshold_of(chosen.threshold)
    if chosen.out is not None:
        check_place(chosen.out, (chosen.table, *chosen.known))
    from tovholder.evidence.disclosure.audit import audit
    from tovholder.evidence.disclosure.files import read_published
    from tovholder.evidence.disclosure.primary import Rule

    with refusing():
        rule = Rule(threshold, chosen.zeros_small, chosen.criterion)
        with waiting("Læser tabellen"):
            shown, notices = read_published(chosen.table)
            earlier = [read_published(path) for path in chosen.known]
        notice((*notices, *(one for _, more in earlier for one in more)))
        with waiting("Prøver at regne de skjulte tal ud"):
            found = audit((shown,), rule, known=[one for one, _ in earlier])
    visible = visible_small(shown, threshold, zeros_small=chosen.zeros_small)
    if chosen.out is not None:
        write(chosen.out, as_json(report(found, visible)))
    _tell(found, visible, threshold)
    return 0 if found.safe and not visible else 1


def visible_small(shown: Published, threshold: int, *, zeros_small: bool) -> list[tuple[str, int]]:
    """This will give the small numbers that are not hidden at all, each with its place in words."""
    least = 0 if zeros_small else 1
    places = [(place, int(shown.counts[place])) for place in shown.places()]
    return [(", ".join(shown.labels(place)), number) for place, number in places if least <= number < threshold]


def report(found: Audit, visible: list[tuple[str, int]]) -> dict[str, Any]:
    """This will give the audit as plain mappings."""
    told = set(found.told)
    one = found.narrowest
    return {
        "schema": SCHEMA,
        "method": found.method,
        "version": found.version,
        "parameters": dict(found.parameters),
        "inputs": {"table": found.digest},
        "safe": found.safe and not visible,
        "hidden": [{"at": each.name, "low": each.low, "high": each.high, "too_much": each in told} for each in found.intervals],
        "changed": [{"at": each.name, "by": each.low} for each in found.told if each not in found.intervals],
        "visible": [{"at": name, "n": number} for name, number in visible],
        "narrowest": None if one is None else {"at": one.name, "low": one.low, "high": one.high},
    }


def _tell(found: Audit, visible: list[tuple[str, int]], threshold: int) -> None:
    told = set(found.told)
    lines = [f"»{name}« viser {number}, som er under {threshold}." for name, number in visible]
    lines += [f"»{each.name}«: {each.low}. Forskellen er under {threshold}." for each in found.told if each not in found.intervals]
    for each in found.intervals:
        lines.append(f"»{each.name}« kan være {interval(each.low, each.high)}.{' Det er for nøje.' if each in told else ''}")
    if not lines:
        lines = ["Intet er skjult, og intet vist tal er for småt."]
    elif found.safe and not visible:
        lines.append("Ingen skjulte tal kan regnes for nøje ud.")
    else:
        lines.append(f"{len(told) + len(visible)} tal siger for meget." if len(told) + len(visible) > 1 else "1 tal siger for meget.")
    sys.stdout.write("\n".join(lines) + "\n")
