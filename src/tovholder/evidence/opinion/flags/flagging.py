"""Answers that look made, not meant: the same answer to everything, and many people with one pattern. Flagged and shown, never dropped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion.flags.straight import straight_liners
from tovholder.evidence.opinion.flags.templates import Template, templates
from tovholder.evidence.opinion.votes import Votes

Whole = npt.NDArray[np.int64]
Truth = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Bloc:
    """People who answer alike beyond what like-minded people do. people: row numbers, never published.

    alike: the share of their answers that follow the common pattern; answers: how many they gave. arrived: the shortest stretch of
    everybody's arrivals, as a share, that holds four in five of them; None without times.
    """

    people: tuple[int, ...]
    answers: int
    alike: float
    arrived: float | None


@dataclass(frozen=True, eq=False)
class Flags:
    """Who is flagged and why. straight[people] and in_bloc[people]: true where flagged; for the house's own use."""

    straight: Truth
    in_bloc: Truth
    blocs: tuple[Bloc, ...]
    answers: Whole

    @property
    def flagged(self) -> Truth:
        """Everyone flagged for either reason."""
        return self.straight | self.in_bloc

    def figures(self, *, threshold: int = 5) -> dict[str, object]:
        """This will give counts that may be published: no names, and no count of fewer people than the threshold but 0."""
        parts = [int(self.straight.sum()), *(len(bloc.people) for bloc in self.blocs)]
        hidden = sum(people for people in parts if people < threshold)
        # All flagged minus the shown would tell about so few.
        whole = {"people": None, "answers": None} if 0 < hidden < threshold else _counted(self.flagged, self.answers, threshold)
        return {
            "people": int(self.answers.size),
            "straight": _counted(self.straight, self.answers, threshold),
            "blocs": [
                {
                    "people": len(bloc.people) if len(bloc.people) >= threshold else None,
                    "alike": round(bloc.alike, 3),
                    "arrived": None if bloc.arrived is None else round(bloc.arrived, 3),
                }
                for bloc in self.blocs
            ],
            "all": whole,
        }


@dataclass(frozen=True)
class Changed:
    """What a ranked list loses and gains when flagged people are left out."""

    kept: tuple[str, ...]
    only_with: tuple[str, ...]
    only_without: tuple[str, ...]


def flags(votes: Votes, at: npt.ArrayLike | None = None) -> Flags:
    """This will flag straight-liners and coordinated blocs. Raises ValueError.

    at: the moment of each participant's first answer, in the votes' order of participants, any unit. See `straight` and `templates`
    for the two tests. Nothing is left out here: `without_flagged` makes the votes to compare with.
    """
    people = len(votes.participants)
    moments = None if at is None else np.asarray(at, dtype=np.float64)
    if moments is not None and moments.shape != (people,):
        raise ValueError(f"Der er {people} deltagere, men {moments.size} tidspunkter.")
    straight = straight_liners(votes)
    found = templates(votes, ~straight)
    blocs = tuple(_bloc(votes, one, moments) for one in found)
    in_bloc = np.zeros(people, dtype=bool)
    for bloc in blocs:
        in_bloc[list(bloc.people)] = True
    return Flags(straight, in_bloc, blocs, np.diff(votes.start))


def without_flagged(votes: Votes, found: Flags) -> Votes:
    """This will give the votes of everyone who is not flagged, with the same participants and statements in the same places."""
    kept = ~found.flagged[votes.person]
    start = np.zeros_like(votes.start)
    np.cumsum(np.bincount(votes.person[kept], minlength=len(votes.participants)), out=start[1:])
    return Votes(
        votes.participants,
        votes.statements,
        start,
        votes.statement[kept],
        votes.answer[kept],
        votes.person_rank,
        votes.statement_rank,
    )


def changed(with_all: tuple[str, ...], without: tuple[str, ...]) -> Changed:
    """This will compare two ranked lists of statements, one from all votes and one without the flagged people's."""
    return Changed(
        tuple(name for name in with_all if name in without),
        tuple(name for name in with_all if name not in without),
        tuple(name for name in without if name not in with_all),
    )


def _bloc(votes: Votes, found: Template, moments: npt.NDArray[np.float64] | None) -> Bloc:
    members = np.array(found.people, dtype=np.int64)
    answers = int(np.diff(votes.start)[members].sum())
    return Bloc(found.people, answers, found.alike, None if moments is None else _stretch(moments, members))


def _stretch(moments: npt.NDArray[np.float64], members: Whole) -> float:
    order = np.sort(moments)
    theirs = np.sort(moments[members])
    most = -(-4 * theirs.size // 5)
    first, last = theirs[: theirs.size - most + 1], theirs[most - 1 :]
    inside = np.searchsorted(order, last, side="right") - np.searchsorted(order, first, side="left")
    return float(inside.min()) / order.size


def _counted(chosen: Truth, answers: Whole, threshold: int) -> dict[str, int | None]:
    people = int(chosen.sum())
    may = people == 0 or people >= threshold
    return {"people": people if may else None, "answers": int(answers[chosen].sum()) if may else None}
