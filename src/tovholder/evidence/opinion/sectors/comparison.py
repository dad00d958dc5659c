"""The first lens: do the sectors that people say they belong to agree? The sector that agrees least decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion import cells
from tovholder.evidence.opinion.intervals import adjusted, bound, difference, homogeneity, jeffreys
from tovholder.evidence.opinion.sectors.exposure import weighed
from tovholder.evidence.opinion.sectors.figures import figures
from tovholder.evidence.opinion.sectors.rows import (
    AGREEMENT,
    DISAGREEMENT,
    DIVIDING,
    ENOUGH,
    FEW,
    KINDS,
    NOT_ASKED,
    TOO_EARLY,
    UNSETTLED,
    Cell,
    Difference,
    SectorPeople,
    StatementAcross,
    strength,
)
from tovholder.evidence.opinion.votes import Votes, natural

__all__ = [
    "AGREEMENT",
    "DISAGREEMENT",
    "DIVIDING",
    "KINDS",
    "NOT_ASKED",
    "TOO_EARLY",
    "UNSETTLED",
    "Cell",
    "Difference",
    "SectorPeople",
    "Sectors",
    "StatementAcross",
    "across_sectors",
    "sector_codes",
]

FALSE_DISCOVERIES = 0.10

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sectors:
    """All statements across sectors, in the votes' order. counts[statements, sectors + 1, 3]: agree, pass, disagree; last: no sector.

    agree, disagree: share, low and high, each [statements, sectors]; worth: how many evenly asked people each share rests on.
    """

    names: tuple[str, ...]
    sectors: tuple[SectorPeople, ...]
    no_sector: int
    threshold: int
    evidence: int
    level: float
    counts: Whole
    agree: tuple[Real, Real, Real]
    disagree: tuple[Real, Real, Real]
    worth: Real
    enough: npt.NDArray[np.bool_]

    @property
    def counting(self) -> tuple[str, ...]:
        """The sectors that must all have been asked."""
        return tuple(sector.name for sector in self.sectors if sector.counts)

    @cached_property
    def statements(self) -> tuple[StatementAcross, ...]:
        """One row for each statement, in the votes' own order."""
        return tuple(self._row(n) for n in range(len(self.names)))

    def ranked(self, kind: str) -> tuple[StatementAcross, ...]:
        """This will give the statements of one kind, the strongest first."""
        found = [(n, row) for n, row in enumerate(self.statements) if row.kind == kind]
        return tuple(row for _, row in sorted(found, key=lambda pair: (-strength(pair[1]), pair[0])))

    def figures(self) -> dict[str, object]:
        """This will give what may be published, small cells hidden, as plain numbers and words."""
        limits = {"threshold": self.threshold, "evidence": self.evidence, "level": self.level}
        lists = {kind: [row.statement for row in self.ranked(kind)] for kind in KINDS}
        return {**limits, **figures(self.sectors, self.no_sector, self.counts, self.statements, self.threshold), "lists": lists}

    @cached_property
    def _weakest(self) -> tuple[Whole, Whole]:
        counting = self._counting
        if not counting.size:
            nobody = np.full(len(self.names), -1, dtype=np.int64)
            return nobody, nobody
        return counting[self.agree[1][:, counting].argmin(axis=1)], counting[self.disagree[1][:, counting].argmin(axis=1)]

    @cached_property
    def _counting(self) -> Whole:
        return np.array([n for n, sector in enumerate(self.sectors) if sector.counts], dtype=np.int64)

    @cached_property
    def _differences(self) -> dict[int, Difference]:
        """The largest difference of each statement that every counting sector has been asked about enough."""
        counting, ready = self._counting, np.flatnonzero(self.enough)
        if not ready.size:
            return {}
        place = np.ix_(ready, counting)
        asked = self.worth[place]
        pairs = counting.size * (counting.size - 1) // 2
        # As many pairs are compared, each interval is as much wider, so that the largest difference keeps the promised level.
        tail = (1 - self.level) / (2 * pairs)
        sides = []
        for part in (self.agree[0][place], self.disagree[0][place]):
            hits = part * asked
            low, high = bound(hits, asked, tail), bound(hits, asked, 1 - tail)
            every, more, less = np.arange(ready.size), part.argmax(axis=1), part.argmin(axis=1)
            ends = difference(
                (part[every, more], low[every, more], high[every, more]), (part[every, less], low[every, less], high[every, less])
            )
            sides.append((homogeneity(hits, asked), more, less, part[every, more] - part[every, less], *ends))
        # Two questions are put to each statement (who agrees, who disagrees), so the smaller probability counts double.
        rate = adjusted(np.minimum(2 * np.minimum(sides[0][0], sides[1][0]), 1.0))
        found = {}
        for row, statement in enumerate(ready):
            side = 0 if sides[0][0][row] <= sides[1][0][row] else 1
            _, more, less, size, low, high = (column[row] for column in sides[side])
            names = self.sectors[counting[more]].name, self.sectors[counting[less]].name
            found[int(statement)] = Difference(("agree", "disagree")[side], *names, float(size), float(low), float(high), float(rate[row]))
        return found

    def _row(self, n: int) -> StatementAcross:
        agree, passed, disagree = (int(count) for count in self.counts[n].sum(axis=0))
        row = tuple(self._cell(n, sector) for sector in range(len(self.sectors)))
        ready = bool(self.enough[n])
        low, against = (int(found[n]) for found in self._weakest)
        agreement = float(self.agree[1][n, low]) if ready else None
        disagreement = float(self.disagree[1][n, against]) if ready else None
        apart = self._differences.get(n)
        return StatementAcross(
            statement=self.names[n],
            kind=_kind(agreement, disagreement, apart),
            asked=agree + passed + disagree,
            agree=agree,
            passed=passed,
            disagree=disagree,
            cells=row,
            agreement=agreement,
            agrees_least=self.sectors[low].name if ready else "",
            disagreement=disagreement,
            disagrees_least=self.sectors[against].name if ready else "",
            difference=apart,
            not_asked=tuple(cell.sector for cell in row if cell.state != ENOUGH),
        )

    def _cell(self, n: int, sector: int) -> Cell:
        agree, passed, disagree = (int(count) for count in self.counts[n, sector])
        asked = agree + passed + disagree
        state = ENOUGH if asked >= self.evidence else FEW if asked else NOT_ASKED
        yes, yes_low, yes_high, no, no_low, no_high = (float(found[n, sector]) for found in (*self.agree, *self.disagree))
        name = self.sectors[sector].name
        return Cell(name, asked, agree, passed, disagree, yes, yes_low, yes_high, no, no_low, no_high, state)


def across_sectors(
    votes: Votes,
    sector_of: Mapping[str, str],
    *,
    threshold: int = cells.THRESHOLD,
    evidence: int = 7,
    level: float = 0.90,
    memberships: npt.ArrayLike | None = None,
) -> Sectors:
    """This will compare the declared sectors' answers to every statement. Raises ValueError.

    sector_of: participant to sector, "" or missing for those who said none. threshold: the fewest people a shown cell may hold.
    evidence: the fewest answers from every sector that counts before a statement can be agreed upon. A sector counts when it has at
    least as many participants as both demand; with fewer than two such sectors everything is too early. level: of the intervals; the
    bounds of agreement are their lower ends (0.90 gives the 5 % quantile). memberships: [participants, classes] to correct for who
    was asked what inside each sector (see `exposure`); counts stay as they are, shares and bounds move.
    Source: the lower bound of the weakest sector, min over g of Q05[Beta(A_g + 1/2, S_g - A_g + 1/2)].
    """
    if not 0 < level < 1:
        raise ValueError(f"Sikkerheden er et tal mellem 0 og 1, ikke {level}.")
    if evidence < 1 or threshold < 1:
        raise ValueError("Grænserne for små celler og for nok svar er mindst 1.")
    codes, names = sector_codes(votes, sector_of)
    statements, parts = len(votes.statements), len(names) + 1
    part = np.where(codes < 0, len(names), codes)
    place = (votes.statement.astype(np.int64) * parts + part[votes.person]) * 3 + (1 - votes.answer)
    counts = np.bincount(place, minlength=statements * parts * 3).astype(np.int64).reshape(statements, parts, 3)
    present = np.bincount(part[np.diff(votes.start) > 0], minlength=parts)
    people = tuple(SectorPeople(name, int(present[n]), bool(present[n] >= max(threshold, evidence))) for n, name in enumerate(names))
    asked = counts.sum(axis=2)
    worth = asked.astype(np.float64)
    share = counts / np.maximum(asked, 1)[:, :, None]
    if memberships is not None:
        share, worth = weighed(votes, part, parts, memberships)
    agree, disagree = (_with_interval(share[:, :-1, answer], worth[:, :-1], level) for answer in (0, 2))
    counting = np.array([sector.counts for sector in people], dtype=bool)
    enough = (asked[:, :-1][:, counting] >= evidence).all(axis=1) & (counting.sum() >= 2)
    return Sectors(votes.statements, people, int(present[-1]), threshold, evidence, level, counts, agree, disagree, worth[:, :-1], enough)


def sector_codes(votes: Votes, sector_of: Mapping[str, str]) -> tuple[npt.NDArray[np.int64], tuple[str, ...]]:
    """This will give each participant's sector as a number in the sorted names, -1 for none."""
    said = [sector_of.get(name, "") for name in votes.participants]
    names = tuple(sorted({sector for sector in said if sector}, key=natural))
    numbers = {name: n for n, name in enumerate(names)} | {"": -1}
    return np.array([numbers[sector] for sector in said], dtype=np.int64), names


def _with_interval(share: Real, worth: Real, level: float) -> tuple[Real, Real, Real]:
    low, high = jeffreys(share * worth, worth, level)
    return share, low, high


def _kind(agreement: float | None, disagreement: float | None, apart: Difference | None) -> str:
    if agreement is None or disagreement is None:
        return TOO_EARLY
    if agreement > 0.5:
        return AGREEMENT
    if disagreement > 0.5:
        return DISAGREEMENT
    return DIVIDING if apart and apart.low > 0 and apart.false_discovery <= FALSE_DISCOVERIES else UNSETTLED
