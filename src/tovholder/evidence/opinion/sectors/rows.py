"""The rows of the comparison between sectors: who took part, one sector's answers, the largest difference, one statement."""

from __future__ import annotations

from dataclasses import dataclass

AGREEMENT, DISAGREEMENT, DIVIDING, UNSETTLED, TOO_EARLY = "agreement", "disagreement", "dividing", "unsettled", "too_early"
KINDS = (AGREEMENT, DISAGREEMENT, DIVIDING, UNSETTLED, TOO_EARLY)
ENOUGH, FEW, NOT_ASKED = "enough", "few", "not_asked"


@dataclass(frozen=True)
class SectorPeople:
    """A sector as it is present: how many took part, and whether it is large enough to count in every comparison."""

    name: str
    people: int
    counts: bool


@dataclass(frozen=True)
class Cell:
    """One sector's answers to one statement. Shares are of all who answered, those who do not know included."""

    sector: str
    asked: int
    agree: int
    passed: int
    disagree: int
    agree_share: float
    agree_low: float
    agree_high: float
    disagree_share: float
    disagree_low: float
    disagree_high: float
    state: str


@dataclass(frozen=True)
class Difference:
    """The largest difference between two sectors: `side` is the answer (agree or disagree) that `more` gives more often than `less`."""

    side: str
    more: str
    less: str
    size: float
    low: float
    high: float
    false_discovery: float


@dataclass(frozen=True)
class StatementAcross:
    """One statement across sectors. agreement and disagreement: the lower bound in the sector where it is lowest; None when too early."""

    statement: str
    kind: str
    asked: int
    agree: int
    passed: int
    disagree: int
    cells: tuple[Cell, ...]
    agreement: float | None
    agrees_least: str
    disagreement: float | None
    disagrees_least: str
    difference: Difference | None
    not_asked: tuple[str, ...]


def strength(row: StatementAcross) -> float:
    """This will give what a statement is ranked by among those of its kind."""
    if row.kind == DIVIDING and row.difference:
        return row.difference.low
    bound = row.disagreement if row.kind == DISAGREEMENT else row.agreement
    return row.asked if bound is None else bound
