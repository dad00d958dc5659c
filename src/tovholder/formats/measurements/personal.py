"""Stops a table that carries personal numbers: no count of people needs them, and no such number may be stored here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tovholder.formats.measurements.headings import Headings
from tovholder.formats.measurements.shapes import NUMBERS, RawTable, UnreadableTable
from tovholder.texts.danish import fold

if TYPE_CHECKING:
    import polars as pl

_HEADING = re.compile(r"\bcpr|personnummer|\bpersonnr")
_DAY = r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}"
_WITH_DASH = rf"(?:^|\D){_DAY}\s?[-–−]\s?\d{{4}}(?:\D|$)"
_TEN_DIGITS = rf"^{_DAY}\d{{4}}$"


def check_no_personal_numbers(table: RawTable, headings: Headings) -> None:
    """This will raise UnreadableTable, naming row and column, when a column holds what looks like CPR numbers."""
    numeric = {headings.roles[role] for role in NUMBERS if role in headings.roles}
    for place, (heading, column) in enumerate(zip(table.headings, table.columns, strict=True)):
        if _HEADING.search(fold(heading)):
            raise UnreadableTable(
                f"Kolonnen »{heading}« ser ud til at rumme CPR-numre. Slet kolonnen i filen, og prøv igen. Intet er gemt."
            )
        at = _first(column.text, is_number=place in numeric)
        if at is not None:
            raise UnreadableTable(
                f"Række {table.rows[at]}, »{heading}«, ligner et CPR-nummer. Slet CPR-numre i filen, og prøv igen. Intet er gemt."
            )


def _first(text: pl.Series, *, is_number: bool) -> int | None:
    known = text.drop_nulls().unique()
    with_dash = known.filter(known.str.contains(_WITH_DASH))
    plain = known.filter(known.str.contains(_TEN_DIGITS))
    # Ten digits among numbers may be a sum; a column full of them that all begin with a date is not.
    found = with_dash if is_number and plain.len() * 2 < max(known.len(), 4) else with_dash.append(plain)
    return int(text.is_in(found.implode()).arg_true()[0]) if found.len() else None
