"""Numbers as people write them: decimal comma or point, thousands apart, and the marks that stand for what may not be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tovholder.evidence.reading.shapes import Unreadable, shown
from tovholder.texts.hidden_figures import DASHES, is_hidden

MISSING = frozenset(("", "na", "n/a", "nan", "null", "none", "mangler", "ukendt"))
_PLAIN = re.compile(r"[+-]?\d+(?:[eE][+-]?\d{1,3})?", re.ASCII)
_COMMA_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+", re.ASCII)
_POINT_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+", re.ASCII)
_COMMA_DECIMAL = re.compile(r"[+-]?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+),\d+", re.ASCII)
_POINT_DECIMAL = re.compile(r"[+-]?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)\.\d+(?:[eE][+-]?\d{1,3})?", re.ASCII)
_SPACES = re.compile(r"(?<=\d)[\u0020\u00a0\u2009\u202f'](?=\d{3}(?!\d))", re.ASCII)
_ALMOST = re.compile(r"(?<=\d)[;:/_](?=\d)", re.ASCII)
COMMA, POINT = "komma", "punktum"


@dataclass(frozen=True)
class Numeral:
    """A cell with a number in it: where it stands, and how it is written there."""

    row: int
    heading: str
    text: str


def is_suppressed(cell: str) -> bool:
    """This will tell whether a cell says that its number may not be shown."""
    return is_hidden(cell) or cell.strip() in DASHES


def is_missing(cell: str) -> bool:
    """This will tell whether a cell says that there is no number."""
    return cell.strip().casefold() in MISSING


def decimal_sign(cells: Iterable[Numeral], separator: str) -> tuple[str, Numeral | None]:
    """This will find out which sign parts whole from fraction in a file, and the cell that only its neighbours could explain.

    A number that can be read in one way only decides for all. Where every number can be read in both, a table that is not divided by
    commas is Danish. Raises Unreadable when two numbers contradict each other, or nothing tells 1,234 and 1.234 apart.
    """
    commas: Numeral | None = None
    points: Numeral | None = None
    doubtful: Numeral | None = None
    for cell in cells:
        text = tidy(cell.text)
        by_comma = _COMMA_DECIMAL.fullmatch(text) is not None or _POINT_THOUSANDS.fullmatch(text) is not None
        by_point = _POINT_DECIMAL.fullmatch(text) is not None or _COMMA_THOUSANDS.fullmatch(text) is not None
        if by_comma and by_point:
            doubtful = doubtful or cell
        elif by_comma:
            commas = commas or cell
        elif by_point:
            points = points or cell
        if commas and points:
            first, second = sorted((commas, points), key=lambda one: one.row)
            raise Unreadable(
                f"{at(second)}: {shown(second.text)} er skrevet på en anden måde end {shown(first.text)} i række {first.row}. "
                "Brug komma foran decimaler i hele filen."
            )
    if commas or points:
        return (COMMA if commas else POINT), None
    if doubtful and separator == ",":
        both = sorted(f"{number_in(doubtful.text, sign):g}".replace(".", ",") for sign in (COMMA, POINT))
        raise Unreadable(
            f"{at(doubtful)}: {shown(doubtful.text)} kan være både {both[0]} og {both[1]}. Skriv tallet uden tegn mellem tusinder."
        )
    return COMMA, doubtful


def number_of_cell(cell: Numeral, sign: str) -> float:
    """This will read a number; raises Unreadable with row, column and what to write instead."""
    text = tidy(cell.text)
    try:
        return number_in(text, sign)
    except ValueError:
        pass
    almost = _ALMOST.sub(",", text)
    good = almost if almost != text and _COMMA_DECIMAL.fullmatch(almost) else None
    said = f"Skriv {good}." if good else "Skriv det med cifre, for eksempel 12,5."
    raise Unreadable(f"{at(cell)}: {shown(cell.text)} kan vi ikke læse som et tal. {said}")


def number_in(raw: str, sign: str) -> float:
    """This will read a number whose decimal sign is known; raises ValueError."""
    text = tidy(raw)
    decimal, thousands = (_COMMA_DECIMAL, _POINT_THOUSANDS) if sign == COMMA else (_POINT_DECIMAL, _COMMA_THOUSANDS)
    if not (_PLAIN.fullmatch(text) or decimal.fullmatch(text) or thousands.fullmatch(text)):
        raise ValueError(raw)
    plain = text.replace(".", "").replace(",", ".") if sign == COMMA else text.replace(",", "")
    found = float(plain)
    if found in (float("inf"), float("-inf")):
        raise ValueError(raw)
    return found


def tidy(raw: str) -> str:
    """This will take away what stands around a number, and spaces between thousands."""
    text = raw.strip().replace("\u2212", "-").removesuffix("%").rstrip()
    return _SPACES.sub("", text)


def at(cell: Numeral) -> str:
    """This will name a cell: row and heading as in a spreadsheet."""
    return f"Række {cell.row}, {shown(cell.heading)}"


def told_apart(doubtful: Numeral | None) -> Sequence[str]:
    """This will tell how a number that could be read in two ways was read."""
    if doubtful is None:
        return ()
    read = f"{number_in(doubtful.text, COMMA):g}".replace(".", ",")
    return (f"{at(doubtful)}: {shown(doubtful.text)} er læst som {read}.",)
