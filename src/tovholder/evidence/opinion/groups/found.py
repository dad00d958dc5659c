"""Groups that the votes themselves show, or the answer that they show none that last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from tovholder.evidence.opinion.groups.classes import Classes, Real
from tovholder.evidence.opinion.groups.partitions import assigned
from tovholder.evidence.opinion.groups.starting import map_of
from tovholder.evidence.opinion.groups.thinning import Mask
from tovholder.evidence.opinion.groups.trials import PRIOR, Trial, Tried, draws_of, placed, sample_of, settled, tried
from tovholder.evidence.opinion.votes import Short, Votes, Whole

METHOD, VERSION = "tovholder-groups", "1"
MOST = 5
DRAWS = 8
SHARE = 0.1
VOTES = 100_000
ANSWERS = 7
FEWEST, FEWEST_PERCENT = 5, 3
STABLE, PERFECT = 0.7, 0.95
SURE = 3.0
TEMPERS = (0.3, 1.0)
HABITUAL = 0.01


@dataclass(frozen=True, eq=False)
class FoundGroups:
    """Groups of participants, the largest first unless `aligned` with earlier ones.

    k: number of groups, 0 when none last. labels (n,): each participant's most probable group, -1 for none (too few answers).
    memberships (n, k): probability of each group, the mean over the draws; rows sum to 1. reason: a sentence for people.
    by_habit: the groups tell little more (under HABITUAL nats a vote) than how often each person agrees, disagrees and passes.
    curve: what came of every k tried. classes: the fit to all votes, with each group's distribution of answers to each statement.
    """

    k: int
    labels: Short
    memberships: Real
    stable: bool
    reason: str
    curve: tuple[Trial, ...]
    parameters: dict[str, float | int]
    method: str = METHOD
    version: str = VERSION
    by_habit: bool = False
    classes: Classes | None = field(default=None, repr=False)


def find_groups(votes: Votes, *, seed: int = 0) -> FoundGroups:
    """This will find groups of participants who answer alike, from the votes and the seed alone; the same bytes every time.

    For k = 2 to 5 a tempered mixture (classes.fit_classes) is fitted to all votes and to DRAWS thinnings of them. A k lasts when the
    thinnings give nearly the same groups, when the groups tell hidden votes better than the statements do, when they do not tell
    them worse than each person's habits do, and when no group is tiny. The smallest k that lasts is taken, a larger one only when
    it lasts almost perfectly and tells more. Where no k tells anything, people may have answered too little for a low temper, and
    all is tried again with answers at full weight. Above VOTES votes a lot of the people is fitted to; everybody is placed.
    Stability after Ben-Hur, Elisseeff and Guyon 2002, with prediction beside it.
    """
    answers = min(ANSWERS, max(len(votes.statements), 1))
    counted = np.diff(votes.start) >= answers
    sample, rows = sample_of(votes, VOTES, seed=seed)
    people = int(counted[rows].sum())
    fewest = max(FEWEST, -(-people * FEWEST_PERCENT // 100))
    parameters: dict[str, float | int] = {
        "seed": seed, "most": MOST, "draws": DRAWS, "share": SHARE, "votes": VOTES, "temper": TEMPERS[0], "prior": PRIOR,
        "answers": ANSWERS, "fewest": fewest, "stable": STABLE, "perfect": PERFECT, "sure": SURE, "habitual": HABITUAL,
    }  # fmt: skip
    if people < 2 * fewest or len(votes.statements) < 2:
        return _none(votes, f"For få svar til at se efter grupper: {people} har svaret på mindst {answers} udsagn.", (), parameters)
    ladder, temper = _ladder(sample, counted[rows], seed)
    parameters["temper"] = temper
    curve = tuple(one.trial for one in ladder)
    chosen = _chosen(ladder, fewest)
    if chosen is None:
        return _none(votes, _why_none(curve, fewest), curve, parameters)
    k = chosen.trial.k
    memberships = chosen.memberships if sample is votes else placed(votes, chosen.fits)
    labels = np.where(counted, memberships.argmax(axis=1), -1).astype(np.int32)
    classes = settled(votes, memberships, temper)
    by_habit = chosen.trial.beyond < HABITUAL
    why = _why(chosen.trial, by_habit)
    found = FoundGroups(k, labels, memberships, True, why, curve, parameters, by_habit=by_habit, classes=classes)
    return _ordered(found, np.argsort(-np.bincount(labels[labels >= 0], minlength=k), kind="stable"))


def profiles(found: FoundGroups, votes: Votes) -> dict[str, Any] | None:
    """This will give what groups are known again by, as plain numbers and words for JSON: what each answers to each statement.

    shares [statements][groups][disagree, pass, agree], of no single person. None when there are no groups. votes: those they were found in.
    """
    if found.classes is None:
        return None
    return {"statements": list(votes.statements), "shares": found.classes.profile.transpose(0, 2, 1).round(3).tolist()}


def aligned(known: Mapping[str, Any], new: FoundGroups, votes: Votes) -> FoundGroups:
    """This will give the new groups the numbers of the earlier ones that answer most like them, so that colours and letters stay.

    known: the earlier groups' `profiles`. votes: those the new groups were found in. Groups are compared by the mean distance between
    their answers (total variation) over the statements both have met; without such statements the new groups keep their order.
    """
    place = {name: row for row, name in enumerate(votes.statements)}
    met = [(row, place[name]) for row, name in enumerate(known["statements"]) if name in place]
    if new.classes is None or not met:
        return new
    before, after = (list(rows) for rows in zip(*met, strict=True))
    old, its = np.asarray(known["shares"], dtype=np.float64)[before], new.classes.profile.transpose(0, 2, 1)[after]
    apart = np.abs(old[:, :, None, :] - its[:, None, :, :]).sum(axis=3).mean(axis=0) / 2
    return _ordered(new, np.argsort(assigned(apart), kind="stable"))


def _ladder(votes: Votes, counted: Mask, seed: int) -> tuple[tuple[Tried, ...], float]:
    """Every k at the first temper at which any tells something; the last temper when none does."""
    draws = draws_of(votes, seed=seed, draws=DRAWS, share=SHARE)
    people = map_of(votes)
    for temper in TEMPERS:
        ladder = tuple(tried(votes, people, draws, counted, k, temper) for k in range(2, MOST + 1))
        if any(one.trial.gain > SURE * one.trial.gain_error for one in ladder):
            break
    return ladder, temper


def _chosen(ladder: tuple[Tried, ...], fewest: int) -> Tried | None:
    chosen = None
    for one in ladder:
        trial = one.trial
        if not _lasts(trial, fewest):
            continue
        if chosen is None or (trial.stability >= PERFECT and trial.gain - chosen.trial.gain > SURE * trial.gain_error):
            chosen = one
    return chosen


def _lasts(trial: Trial, fewest: int) -> bool:
    tells = trial.gain > SURE * trial.gain_error and trial.beyond > -SURE * trial.beyond_error
    return trial.stability >= STABLE and trial.smallest >= fewest and tells


def _ordered(found: FoundGroups, order: Whole) -> FoundGroups:
    number = np.empty(found.k + 1, dtype=np.int32)
    number[order] = np.arange(found.k, dtype=np.int32)
    number[found.k] = -1
    classes = found.classes
    if classes is not None:
        classes = replace(
            classes, weights=classes.weights[order], profile=classes.profile[:, :, order], memberships=classes.memberships[:, order]
        )
    memberships = np.ascontiguousarray(found.memberships[:, order])
    return replace(found, labels=number[found.labels], memberships=memberships, classes=classes)


def _none(votes: Votes, reason: str, curve: tuple[Trial, ...], parameters: dict[str, float | int]) -> FoundGroups:
    count = len(votes.participants)
    return FoundGroups(0, np.full(count, -1, dtype=np.int32), np.zeros((count, 0)), False, reason, curve, parameters)


def _why(trial: Trial, by_habit: bool) -> str:
    lasting = (
        f"Vi ser {trial.k} grupper. Når vi tager hvert tiende svar ud, bliver de næsten de samme "
        f"(lighed {_danish(trial.stability)} af 1), og de gør det lettere at sige, hvad folk svarer på et udsagn, vi har gemt væk."
    )
    return lasting + " Grupperne skiller mest på, hvor ofte folk er enige, uenige eller i tvivl." if by_habit else lasting


def _why_none(curve: tuple[Trial, ...], fewest: int) -> str:
    best = max(curve, key=lambda trial: (_lasts(trial, 0), trial.gain, -trial.k))
    if best.gain <= SURE * best.gain_error:
        return "Ingen stabile grupper: det bliver ikke lettere at sige, hvad folk svarer, når vi deler dem op."
    if best.stability < STABLE:
        return f"Ingen stabile grupper: tager vi hvert tiende svar ud, skifter for mange gruppe (lighed {_danish(best.stability)} af 1)."
    if best.beyond <= -SURE * best.beyond_error:
        return "Ingen stabile grupper: folk adskiller sig ved, hvor ofte de er enige, uenige eller i tvivl, men ikke ved, hvad de mener."
    return f"Ingen stabile grupper: den mindste ville have færre end {fewest} deltagere."


def _danish(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")
