"""What may be published of the comparison between sectors: every number passes the rule for small cells here."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion import cells
from tovholder.evidence.opinion.sectors.rows import Cell, Difference, SectorPeople, StatementAcross

HIDDEN = "hidden"
_DIGITS = 4


def figures(
    sectors: tuple[SectorPeople, ...], no_sector: int, counts: npt.NDArray[np.int64], rows: tuple[StatementAcross, ...], threshold: int
) -> dict[str, object]:
    """This will give people and statements as plain numbers and words, small cells hidden.

    counts: [statements, sectors + 1, 3], the last for those of no sector. A bound or a difference that rests on a hidden cell is left
    out (None): it would tell the cell. The kind of a statement stays.
    """
    names, counting = [*(sector.name for sector in sectors), ""], {sector.name for sector in sectors if sector.counts}
    shown = cells.suppressed(counts.sum(axis=2), threshold, silent=(len(names) - 1,))
    public = cells.published(counts, names, shown)
    return {
        "people": people(sectors, no_sector, threshold),
        "statements": [_statement(row, may, counting) for row, may in zip(rows, public, strict=True)],
    }


def people(sectors: tuple[SectorPeople, ...], no_sector: int, threshold: int) -> dict[str, object]:
    """This will give how many took part from each sector; sectors too small to show are only counted together."""
    present = np.array([*(sector.people for sector in sectors), no_sector], dtype=np.int64)
    shown = cells.suppressed(present[None, :], threshold, silent=(len(sectors),))
    total = int(present.sum())
    together = total - int(present[:-1][shown.cells[0, :-1]].sum())
    return {
        "total": total if shown.totals[0] else None,
        "sectors": [
            {"sector": sector.name, "people": sector.people if may else None, "counts": sector.counts}
            for sector, may in zip(sectors, shown.cells[0, :-1], strict=True)
        ],
        "together": together if together and shown.totals[0] else None,
    }


def _statement(row: StatementAcross, may: Mapping[str, object], counting: set[str]) -> dict[str, object]:
    shown = may["cells"]
    assert isinstance(shown, dict)
    compared = {cell.sector for cell in row.cells if cell.sector in shown}
    return {
        "statement": row.statement,
        "kind": row.kind,
        "agreement": _bound(row.agreement, row.agrees_least in compared),
        "agrees_least": row.agrees_least if row.agrees_least in compared else None,
        "disagreement": _bound(row.disagreement, row.disagrees_least in compared),
        "disagrees_least": row.disagrees_least if row.disagrees_least in compared else None,
        "difference": _difference(row.difference, counting <= compared),
        "sectors": [_cell(cell, cell.sector in shown) for cell in row.cells],
        "together": may["together"],
        "total": may["total"],
        "not_asked": list(row.not_asked),
    }


def _cell(cell: Cell, may: bool) -> dict[str, object]:
    if not may:
        return {"sector": cell.sector, "state": HIDDEN if cell.asked else cell.state}
    return {
        "sector": cell.sector,
        "state": cell.state,
        "asked": cell.asked,
        "agree": cell.agree,
        "pass": cell.passed,
        "disagree": cell.disagree,
        "agree_share": [round(x, _DIGITS) for x in (cell.agree_share, cell.agree_low, cell.agree_high)],
        "disagree_share": [round(x, _DIGITS) for x in (cell.disagree_share, cell.disagree_low, cell.disagree_high)],
    }


def _difference(found: Difference | None, may: bool) -> dict[str, object] | None:
    """It rests on the sectors that count and on no other: who is largest and smallest, and how sure, says something of each of them."""
    if found is None or not may:
        return None
    return {
        "side": found.side,
        "more": found.more,
        "less": found.less,
        "size": [round(x, _DIGITS) for x in (found.size, found.low, found.high)],
        "false_discovery": round(found.false_discovery, _DIGITS),
    }


def _bound(value: float | None, may: bool) -> float | None:
    return round(value, _DIGITS) if value is not None and may else None
