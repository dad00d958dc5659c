"""`release`: from counts or persons in a secure environment to the one file that may leave it."""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from tovholder.evidence.commands.arguments import Wrong
from tovholder.evidence.commands.progress import notice, waiting
from tovholder.evidence.commands.terms import add_terms, refusing, threshold_of
from tovholder.evidence.commands.writing import as_json, check_place, write

_LONGEST = 200
_KEY_BYTES = 4096


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This will say what may be written after `release`."""
    parser.add_argument("rows", metavar="TAL.csv", type=Path)
    for name in ("--by", "--indicator", "--period", "--numerator", "--owner"):
        parser.add_argument(name, required=True)
    parser.add_argument("--denominator")
    parser.add_argument("--definition", default="1")
    parser.add_argument("--unit", default="pct.")
    parser.add_argument("--per", default="100")
    parser.add_argument("--rate", action="store_true")
    parser.add_argument("--persons", action="store_true")
    parser.add_argument("--margins", choices=("hideable", "all", "none"), default="hideable")
    parser.add_argument("--allow-changes", action="store_true")
    parser.add_argument("--known", type=Path, nargs="+", default=[])
    parser.add_argument("--key", type=Path)
    add_terms(parser)


def run(chosen: argparse.Namespace) -> None:
    """This will read, add up, hide, try and write; raises Wrong, Unreadable and Unwritable with a sentence."""
    threshold = threshold_of(chosen.threshold)
    by = [one.strip() for one in chosen.by.split(",")]
    if not all(by) or len(set(by)) < len(by):
        raise Wrong("--by skal være kolonner med komma imellem, for eksempel kommune,uddannelse.")
    if chosen.denominator is None and not chosen.persons:
        raise Wrong("Skriv --denominator med kolonnen for nævneren, eller --persons, hvis hver række er en person.")
    check_place(chosen.out, (chosen.rows, *chosen.known, chosen.key))
    per, key = _per(chosen.per), _key(chosen.key)
    from tovholder.evidence.disclosure.files import read_counted, read_releases
    from tovholder.evidence.disclosure.release import Terms, release
    from tovholder.evidence.disclosure.released import RATE, SHARE, Definition, matching

    code, version, unit, period = (_named(name, getattr(chosen, name)) for name in ("indicator", "definition", "unit", "period"))
    definition = Definition(code, version, unit, period, RATE if chosen.rate else SHARE, per)
    terms = Terms(_named("owner", chosen.owner), threshold, chosen.zeros_small, not chosen.allow_changes, chosen.margins)
    with refusing():
        with waiting("Læser og tæller op"):
            known = read_releases(chosen.known)
            counted = read_counted(chosen.rows, by=by, numerator=chosen.numerator, denominator=chosen.denominator, persons=chosen.persons)
        notice(counted.notices)
        if others := len(known) - len(matching(known, definition)):
            notice([f"{others} af de tidligere udgivelser tæller noget andet og er ikke regnet med."])
        with waiting("Skjuler små tal og prøver resultatet"):
            content = release(counted.numerator, counted.denominator, definition, terms, known=known, key=key)
    write(chosen.out, as_json(content))
    hidden, rows = content["disclosure"]["hidden"], len(content["rows"])
    notice([f"{hidden} af {rows} tal er skjult. Fingeraftryk: {content['digest']}"])


def _per(text: str) -> float:
    try:
        found = float(text.replace(".", "") if text.count(".") == 1 and len(text.split(".")[1]) == 3 else text.replace(",", "."))
    except ValueError:
        found = math.nan
    if not 0 < found <= 1e9:
        raise Wrong(f"--per skal være et tal over 0, for eksempel 100 eller 1000, ikke »{text[:20]}«.")
    return found


def _named(name: str, text: str) -> str:
    plain = text.strip()
    if not plain or len(plain) > _LONGEST or not plain.isprintable():
        raise Wrong(f"--{name} skal være en tekst på 1 til {_LONGEST} tegn.")
    return plain


def _key(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            found = file.read(_KEY_BYTES).strip()
    except OSError:
        raise Wrong(f"Nøglen i »{path.name}« kan ikke læses.") from None
    if len(found) < 16:
        raise Wrong(f"Nøglen i »{path.name}« er for kort. Brug mindst 16 tegn, som kun I kender.")
    return found
