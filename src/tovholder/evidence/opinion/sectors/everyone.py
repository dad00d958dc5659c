"""When no sectors are declared: what all participants together agree on, in the same words as the comparison between sectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion import cells
from tovholder.evidence.opinion.intervals import jeffreys
from tovholder.evidence.opinion.sectors.comparison import AGREEMENT, DISAGREEMENT, KINDS, TOO_EARLY, UNSETTLED
from tovholder.evidence.opinion.votes import Votes

Real = npt.NDArray[np.float64]
_DIGITS = 4


@dataclass(frozen=True, eq=False)
class Everyone:
    """counts[statements, 3]: agree, pass, disagree. agreement, disagreement [statements]: lower bounds of the two shares."""

    names: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    agreement: Real
    disagreement: Real
    evidence: int
    threshold: int

    def kind(self, row: int) -> str:
        """This will tell what all participants' answers to a statement come to."""
        if self.counts[row].sum() < max(self.evidence, self.threshold):
            return TOO_EARLY
        if self.agreement[row] > 0.5:
            return AGREEMENT
        return DISAGREEMENT if self.disagreement[row] > 0.5 else UNSETTLED

    def ranked(self, kind: str) -> tuple[str, ...]:
        """This will give the statements of one kind, the strongest first."""
        strength = self.disagreement if kind == DISAGREEMENT else self.counts.sum(axis=1) if kind == TOO_EARLY else self.agreement
        found = [row for row in range(len(self.names)) if self.kind(row) == kind]
        return tuple(self.names[row] for row in sorted(found, key=lambda row: (-strength[row], row)))

    def figures(self) -> dict[str, object]:
        """This will give what may be published: statements answered by fewer than the threshold are hidden."""
        return {
            "statements": [self._statement(row) for row in range(len(self.names))],
            "lists": {kind: list(self.ranked(kind)) for kind in KINDS},
        }

    def _statement(self, row: int) -> dict[str, object]:
        total = cells.answers(self.counts[row])
        may, early = total["asked"] >= self.threshold, self.kind(row) == TOO_EARLY
        return {
            "statement": self.names[row],
            "kind": self.kind(row),
            "agreement": None if early else round(float(self.agreement[row]), _DIGITS),
            "agrees_least": None,
            "disagreement": None if early else round(float(self.disagreement[row]), _DIGITS),
            "disagrees_least": None,
            "difference": None,
            "sectors": [],
            "together": None,
            "total": total if may else None,
            "not_asked": [],
        }


def everyone(votes: Votes, *, threshold: int = cells.THRESHOLD, evidence: int = 7, level: float = 0.90) -> Everyone:
    """This will count all participants' answers to each statement, with the lower end of Jeffreys' interval. Raises nothing.

    Shares are of all who answered, those who do not know included. Source: Brown, Cai and DasGupta, Interval estimation for a binomial
    proportion, Statistical Science 16 (2001).
    """
    place = votes.statement.astype(np.int64) * 3 + (1 - votes.answer)
    counts = np.bincount(place, minlength=3 * len(votes.statements)).astype(np.int64).reshape(-1, 3)
    asked = counts.sum(axis=1)
    low, against = (jeffreys(counts[:, side], asked, level)[0] for side in (0, 2))
    return Everyone(votes.statements, counts, low, against, evidence, threshold)
