"""Taking rows out one by one, each with the sentence that tells a person what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tovholder.texts.danish import count_of, number

if TYPE_CHECKING:
    import polars as pl

# Nobody reads more; the rest are counted by kind.
MOST_LISTED = 5_000
HEADINGS = {
    "indicator": "Indikator", "area": "Område", "period": "Periode", "breakdown": "Opdeling", "group": "Gruppe", "numerator": "Tæller",
    "denominator": "Nævner", "value": "Værdi", "low": "Nedre grænse", "high": "Øvre grænse", "vintage": "Udtræk",
}  # fmt: skip

Say = Callable[[Mapping[str, Any]], str]


class Sifting:
    """The rows that are still good, and those that were taken out: row, column, what stood there, and a sentence."""

    def __init__(self, frame: pl.DataFrame, headings: Mapping[str, str]) -> None:
        self.frame = frame
        self.refused: list[dict[str, Any]] = []
        self.refused_count = 0
        self.notices: list[str] = []
        self._headings = headings

    def heading(self, field: str) -> str:
        """This will give the column as the file calls it, or as we do where it has none."""
        return self._headings.get(field) or HEADINGS[field]

    def refuse(self, where: pl.Expr, field: str, say: Say, *, found: str = "") -> None:
        """This will take out the rows where something holds; `say` gives the sentence of one row, `found` names what stood there."""
        bad = self.frame.filter(where)
        if bad.is_empty():
            return
        self.frame = self.frame.filter(~where.fill_null(value=False))
        self.refused_count += bad.height
        column = self.heading(field)
        for row in bad.head(MOST_LISTED).iter_rows(named=True):
            sentence = f"Række {number(row['row'])}, »{column}«: {say(row)}"
            self.refused.append({"row": row["row"], "column": column, "found": shown(row.get(found or field)), "sentence": sentence})

    def notice(self, count: int, one: str, many: str, rest: str) -> None:
        """This will tell how many rows something is true of, when there are any."""
        if count:
            self.notices.append(f"{count_of(count, one, many)} {rest}")

    def listed(self) -> list[dict[str, Any]]:
        """This will give the refused rows in the order of the file, the first of them."""
        return sorted(self.refused, key=lambda row: (row["row"], row["column"]))[:MOST_LISTED]


def shown(value: Any) -> str:
    """This will write a cell as a person would: 1.234,5, nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value) if value == value and abs(value) != float("inf") else str(value)
    return str(value)


def some_of(names: Sequence[str], most: int = 8) -> str:
    """This will list the first few names, and how many more there are."""
    told = ", ".join(f"»{name}«" for name in names[:most])
    return told if len(names) <= most else f"{told} og {len(names) - most} mere"
