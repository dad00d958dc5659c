"""`indicator`: one measure from a table of measurements, to JSON and a picture."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tovholder.evidence.commands.arguments import Wrong
from tovholder.evidence.commands.progress import notice, waiting
from tovholder.evidence.commands.writing import as_json, check_place, write
from tovholder.evidence.reading import Measurements, Unreadable, read_measurements

if TYPE_CHECKING:
    import polars as pl

_NUMBERS = ("multiplier", "conf", "centre", "rate")
_TEXTS = ("kind", "transform", "method", "direction", "improvement", "baseline", "event", "standard", "vintage", "reference", "season")
_LISTS = ("rebase", "exclude", "rules")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This will say what may be written after `indicator`."""
    parser.add_argument("measurements", metavar="MÅLINGER.csv", type=Path)
    parser.add_argument("--measure", metavar="--measure MÅL", required=True)
    parser.add_argument("--svg", type=Path)
    parser.add_argument("--name", default="")
    parser.add_argument("--screen", action="store_true")
    for name in (*_NUMBERS, *_TEXTS, *_LISTS):
        parser.add_argument(f"--{name}")


def run(chosen: argparse.Namespace) -> None:
    """This will read, calculate and write; raises Wrong, Unreadable and Unwritable with a sentence."""
    choices = choices_of(chosen)
    for out in (chosen.out, chosen.svg):
        if out is not None:
            check_place(out, (chosen.measurements,))
    if chosen.svg is not None and chosen.svg.resolve() == chosen.out.resolve():
        raise Wrong("--json og --svg skal være to forskellige filer.")
    with waiting("Læser målingerne"):
        read = read_measurements(chosen.measurements)
    notice(read.notices)
    with waiting("Regner på målingerne"):
        from tovholder.evidence.indicators import calculate

        try:
            result = calculate(frame_of(read), chosen.measure, headings=read.columns, **choices)
        except ValueError as problem:
            raise Unreadable(str(problem)) from None
    notice(result.notices)
    picture = None
    if chosen.svg is not None:
        from tovholder.evidence.indicators.drawing import drawn

        try:
            picture = drawn(result, chosen.name)
        except ValueError as problem:
            raise Wrong(str(problem)) from None
        if picture is None:
            raise Wrong(f"{chosen.measure} har intet billede. Lad --svg være, eller vælg et andet mål.")
    write(chosen.out, as_json(result.figures()))
    if picture is not None:
        write(chosen.svg, (str(picture.svg) + "\n").encode("utf-8"))


def choices_of(chosen: argparse.Namespace) -> dict[str, Any]:
    """This will give the choices by name, numbers read in Danish or English; raises Wrong."""
    given: dict[str, Any] = {"screen": chosen.screen or None}
    for name in _NUMBERS:
        text = getattr(chosen, name)
        given[name] = None if text is None else _number(name, text)
    if given["conf"] is not None and 50 <= given["conf"] < 100:
        given["conf"] /= 100
    given |= {name: getattr(chosen, name) for name in _TEXTS}
    if chosen.season is not None:
        if not chosen.season.isascii() or not chosen.season.isdigit() or not 2 <= int(chosen.season[:4]) <= 366:
            raise Wrong(f"--season skal være antal målinger på et år, for eksempel 12, ikke »{chosen.season[:20]}«.")
        given["season"] = int(chosen.season)
    for name in _LISTS:
        text = getattr(chosen, name)
        given[name] = None if text is None else tuple(one.strip() for one in text.split(",") if one.strip()) or None
    return given


def _number(name: str, text: str) -> float:
    try:
        found = float(text.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise Wrong(f"--{name} skal være et tal, ikke »{text[:20]}«.")
    return found


def frame_of(read: Measurements) -> pl.DataFrame:
    """This will give measurements as a frame with canonical columns, their rows' numbers, and what may not be shown."""
    import polars as pl

    hidden: list[list[str]] = [[] for _ in read.row]
    for role in sorted(read.suppressed):
        for place in read.suppressed[role]:
            hidden[place].append(role)
    return pl.DataFrame(
        [
            pl.Series("row", read.row, dtype=pl.Int64),
            *(pl.Series(role, column, dtype=pl.String) for role, column in read.texts.items()),
            *(pl.Series(role, column, dtype=pl.Float64) for role, column in read.numbers.items()),
            pl.Series("suppressed", hidden, dtype=pl.List(pl.String)),
        ]
    )
