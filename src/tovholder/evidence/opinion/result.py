"""The whole opinion result: both lenses on the same votes, put together so that what may be published is one call away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion import cells
from tovholder.evidence.opinion.axes.components import Components, components_of
from tovholder.evidence.opinion.axes.dots import Dots, dots
from tovholder.evidence.opinion.flags.flagging import Changed, Flags, changed, flags, without_flagged
from tovholder.evidence.opinion.groups.found import ANSWERS, FoundGroups, aligned, find_groups, profiles
from tovholder.evidence.opinion.groups.representative import Representative, crossed_groups, representative
from tovholder.evidence.opinion.groups.thinning import kept
from tovholder.evidence.opinion.sectors.comparison import AGREEMENT, DISAGREEMENT, DIVIDING, Sectors, across_sectors, sector_codes
from tovholder.evidence.opinion.sectors.everyone import Everyone, everyone
from tovholder.evidence.opinion.votes import Short, Votes, votes_from_codes
from tovholder.evidence.plain import pairs_digest, rounded

SCHEMA, METHOD, VERSION = "tovholder-opinion-1", "tovholder", "1"
SECTORS, GROUPS, EVERYONE = "sectors", "groups", "everyone"
LETTERS = "ABCDEFGHIJ"
EVIDENCE, LEVEL, LISTED = 7, 0.90, 10


@dataclass(frozen=True, eq=False)
class OpinionResult:
    """Everything told about one conversation. across: the comparison the lists rest on, between declared sectors, else between found
    groups, else all participants as one; `basis` says which. sector_of: participant to declared sector; None when none were given."""

    votes: Votes
    sector_of: Mapping[str, str] | None
    seed: int
    threshold: int
    components: Components
    groups: FoundGroups
    basis: str
    across: Sectors | Everyone
    declared: Sectors | None
    dots: Dots
    flags: Flags
    changed: Changed
    representative: tuple[tuple[Representative, ...], ...]
    crossed: Short
    alarms: tuple[str, ...]

    @property
    def profiles(self) -> dict[str, Any] | None:
        """What the groups are known again by the next time, None when there are none; it holds no participant and is not for showing."""
        return profiles(self.groups, self.votes)

    def public(self) -> dict[str, Any]:
        """This will give what may be published as plain numbers and words: no single participant, no small cell."""
        return self._public | {"inputs": self._inputs}

    def private(self) -> dict[str, Any]:
        """This will give the same, and each participant's group and memberships, for those who hold the votes already."""
        names, found = self.votes.participants, self.groups
        letters = [LETTERS[label] if label >= 0 else None for label in found.labels.tolist()]
        rows = found.memberships.tolist()
        return self.public() | {
            "groups": dict(zip(names, letters, strict=True)) if found.k else None,
            "memberships": {name: _lettered(row) for name, row in zip(names, rows, strict=True)} if found.k else None,
        }

    @property
    def _inputs(self) -> dict[str, Any]:
        return {"votes": self.votes.digest, "sectors": None if self.sector_of is None else pairs_digest(self.sector_of)}

    @cached_property
    def _public(self) -> dict[str, Any]:
        figures: Any = self.across.figures()
        lists = figures["lists"]
        told = {
            "schema": SCHEMA,
            "method": METHOD,
            "version": VERSION,
            "parameters": {
                "seed": self.seed,
                "threshold": self.threshold,
                "evidence": EVIDENCE,
                "level": LEVEL,
                "groups": dict(self.groups.parameters),
            },
            "participants": len(self.votes.participants),
            "votes": self.votes.count,
            "basis": self.basis,
            "statements": figures["statements"],
            "agreement": lists[AGREEMENT],
            "disagreement": lists[DISAGREEMENT],
            "dividing": lists[DIVIDING],
            "sectors": None if self.declared is None else self.declared.figures()["people"],
            "found": self._found(),
            "representative": self._representative(),
            "map": self._map(),
            "flags": self.flags.figures(threshold=self.threshold),
            "alarms": list(self.alarms),
            "uncertainty": self._uncertainty(),
        }
        plain: dict[str, Any] = rounded(told)
        return plain

    def _found(self) -> dict[str, Any]:
        found = self.groups
        people = np.bincount(found.labels[found.labels >= 0], minlength=found.k)
        shown = cells.suppressed(people[None, :], self.threshold) if found.k else None
        sizes = {LETTERS[n]: int(people[n]) if shown and shown.cells[0, n] else None for n in range(found.k)}
        return {
            "k": found.k,
            "stable": found.stable,
            "by_habit": found.by_habit,
            "tried": len(found.curve),
            "reason": found.reason,
            "people": sizes,
        }

    def _representative(self) -> dict[str, Any]:
        """Each group's statements, with numbers only where neither the sectors' nor the other groups' can be taken from them."""
        shown = _groups_shown(self.votes, self.crossed, self.groups.k, self.sector_of or {}, self.threshold)
        return {
            LETTERS[group]: [
                _told(row, self.votes.statements[row.statement], bool(shown[row.statement, group]), self.threshold) for row in rows
            ]
            for group, rows in enumerate(self.representative)
        }

    def _map(self) -> dict[str, Any]:
        spread = [float(one) for one in self.components.variances]
        return {**_named_map(self.dots, LETTERS), "smallest": self.threshold, "axes": spread}

    def _uncertainty(self) -> dict[str, Any]:
        possible = len(self.votes.participants) * len(self.votes.statements)
        return {
            "answered": self.votes.count / possible if possible else 0.0,
            "curve": [
                {
                    "k": one.k,
                    "stability": one.stability,
                    "lowest": one.spread,
                    "gain": one.gain,
                    "gain_error": one.gain_error,
                    "beyond": one.beyond,
                    "beyond_error": one.beyond_error,
                }  # fmt: skip
                for one in self.groups.curve
            ],
            "without_flagged": {
                "kept": list(self.changed.kept),
                "only_with": list(self.changed.only_with),
                "only_without": list(self.changed.only_without),
            },
        }


def opinion(
    votes: Votes,
    sectors: Mapping[str, str] | None = None,
    *,
    seed: int = 0,
    threshold: int = cells.THRESHOLD,
    known: Mapping[str, Any] | None = None,
) -> OpinionResult:
    """This will calculate both lenses on the votes; raises ValueError for an unusable threshold.

    sectors: participant to the sector each has declared; those who are missing said none. threshold: the fewest people in anything
    shown. known: the `profiles` of groups found earlier, which keep their letters. The same votes, sectors, seed, threshold and known
    groups give the same bytes, whatever order the votes came in.
    """
    flagged = flags(votes)
    found = formed_by_others(votes, flagged, seed=seed)
    if known is not None:
        found = aligned(known, found, votes)
    components = components_of(votes)
    basis, compared, parts = _basis(votes, sectors, found)
    across = _across(compared, basis, parts, threshold)
    declared = across if basis == SECTORS and isinstance(across, Sectors) else None
    codes, names = sector_codes(votes, sectors or {})
    picture = dots(components.projection, found.labels, codes, names, smallest=threshold)
    less = across
    if flagged.flagged.any():
        less = _across(_basis(without_flagged(votes, flagged), sectors, found)[1], basis, parts, threshold)
    moved = changed(_top(across), _top(less))
    crossed = crossed_groups(votes, found, seed=seed) if found.k else np.full(votes.count, -1, dtype=np.int32)
    stands_for = representative(votes, found, most=LISTED, crossed=crossed)
    told = _alarms(compared, basis, across, flagged)
    return OpinionResult(
        votes, sectors, seed, threshold, components, found, basis, across, declared, picture, flagged, moved, stands_for, crossed, told
    )  # fmt: skip


def formed_by_others(votes: Votes, flagged: Flags, *, seed: int) -> FoundGroups:
    """This will find the groups among those who are not flagged, and place the flagged in them by their own answers.

    So five percent who do not mean what they answer cannot move the groups of everyone else, and nobody is left off the map.
    """
    found = find_groups(without_flagged(votes, flagged), seed=seed)
    out = flagged.flagged
    if found.classes is None or not out.any():
        return found
    chances = found.classes.places(votes)
    memberships = np.where(out[:, None], chances, found.memberships)
    answered = np.diff(votes.start) >= min(ANSWERS, len(votes.statements))
    labels = np.where(out & answered, chances.argmax(axis=1), found.labels).astype(np.int32)
    return replace(found, labels=labels, memberships=memberships)


def without_statements(votes: Votes, names: Sequence[str]) -> Votes:
    """This will give the votes on all other statements; those who only answered the named ones go too."""
    out = set(names)
    kept = np.array([name not in out for name in votes.statements], dtype=bool)[votes.statement]
    return votes_from_codes(votes.participants, votes.statements, votes.person[kept], votes.statement[kept], votes.answer[kept])


def drawn_groups(components: Components, group: npt.ArrayLike, names: Sequence[str], threshold: int) -> dict[str, Any]:
    """This will give the map of given groups, by their own names, as `OpinionResult.public` does."""
    labels = np.asarray(group, dtype=np.int64)
    figures = _named_map(dots(components.projection, labels, smallest=threshold), names)
    people = np.bincount(labels[labels >= 0], minlength=len(names)).tolist()
    sizes = {name: count if count >= threshold else None for name, count in zip(names, people, strict=True)}
    told = {"k": len(names), "stable": True, "tried": 1, "reason": "", "people": sizes}
    return {"map": {**figures, "smallest": threshold}, "found": told, "participants": len(labels), "sectors": None}


def _basis(votes: Votes, sectors: Mapping[str, str] | None, found: FoundGroups) -> tuple[str, Votes, Mapping[str, str]]:
    """What the lists compare: declared sectors, else found groups, else nothing. Who is in no group says nothing of the groups."""
    if sectors is not None:
        return SECTORS, votes, sectors
    if found.k < 2:
        return EVERYONE, votes, {}
    labels = zip(votes.participants, found.labels.tolist(), strict=True)
    grouped = kept(votes, found.labels[votes.person] >= 0)
    return GROUPS, grouped, {name: LETTERS[label] for name, label in labels if label >= 0}


def _across(votes: Votes, basis: str, parts: Mapping[str, str], threshold: int) -> Sectors | Everyone:
    if basis == EVERYONE:
        return everyone(votes, threshold=threshold, evidence=EVIDENCE, level=LEVEL)
    return across_sectors(votes, parts, threshold=threshold, evidence=EVIDENCE, level=LEVEL)


def _groups_shown(votes: Votes, crossed: Short, k: int, sectors: Mapping[str, str], threshold: int) -> npt.NDArray[np.bool_]:
    """Protects the very counts that are told: each vote in the group it was counted in, which need not be its person's own."""
    codes, names = sector_codes(votes, sectors)
    sector, group = np.where(codes < 0, len(names), codes), np.where(crossed < 0, k, crossed)
    shape = len(votes.statements), len(names) + 1, k + 1
    place = (votes.statement.astype(np.int64) * shape[1] + sector[votes.person]) * shape[2] + group
    people = np.bincount(place, minlength=int(np.prod(shape))).reshape(shape)
    if not names:
        return cells.suppressed(people.sum(axis=1), threshold, silent=(k,)).cells
    return cells.suppressed_both(people, threshold, silent_sectors=(len(names),), silent_groups=(k,))[1].cells


def _told(row: Representative, statement: str, shown: bool, threshold: int) -> dict[str, Any]:
    told: dict[str, Any] = {"statement": statement, "side": "agree" if row.direction > 0 else "disagree", "q": row.q}
    may = shown and min(row.n, row.n_others) >= threshold
    return told | {
        "share": [row.share, row.low, row.high] if may else None,
        "others": row.others if may else None,
        "answers": row.n if may else None,
    }


def _top(across: Sectors | Everyone) -> tuple[str, ...]:
    if isinstance(across, Everyone):
        return across.ranked(AGREEMENT)[:LISTED]
    return tuple(row.statement for row in across.ranked(AGREEMENT)[:LISTED])


def _alarms(votes: Votes, basis: str, across: Sectors | Everyone, flagged: Flags) -> tuple[str, ...]:
    told = []
    counted = int(across.counts.sum())
    if counted != votes.count:
        told.append(f"Der er talt {counted} svar, men afgivet {votes.count}. Sig det til driften.")
    if basis == SECTORS and isinstance(across, Sectors) and len(across.counting) < 2:
        fewest = max(across.threshold, across.evidence)
        told.append(f"Færre end to sektorer har mindst {fewest} deltagere. Det er for tidligt at sammenligne dem.")
    suspect = int(flagged.flagged.sum())
    if suspect >= across.threshold and suspect * 10 > len(votes.participants):
        told.append("Mere end hver tiende deltager har et påfaldende svarmønster. Se listerne både med og uden dem.")
    return tuple(told)


def _named_map(drawn: Dots, names: Sequence[str]) -> dict[str, Any]:
    figures: dict[str, Any] = dict(drawn.figures())
    for part in (*figures["dots"], *figures["groups"]):
        part["group"] = names[part["group"]] if part["group"] >= 0 else None
    return figures


def _lettered(row: list[float]) -> dict[str, float]:
    chances: dict[str, float] = rounded({LETTERS[n]: chance for n, chance in enumerate(row)})
    return chances
