"""The plan for asking, made in the background: what the classes of people answer, and what each sector has been asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion.asking.choosing import LISTENED
from tovholder.evidence.opinion.groups.classes import Classes, best_classes
from tovholder.evidence.opinion.groups.starting import map_of, starts
from tovholder.evidence.opinion.sectors.comparison import sector_codes
from tovholder.evidence.opinion.votes import Votes

WANTED = 20
FEWEST_PEOPLE = 30
FEWEST_ANSWERS = 7
# An answer counts as seven tenths of one: people of a class still differ, and full weight makes five answers too sure.
TEMPER = 0.7
_DIGITS = 4

Real = npt.NDArray[np.float64]


def plan(votes: Votes, sector_of: Mapping[str, str], live: Sequence[str], *, wanted: int = WANTED) -> dict[str, Any]:
    """This will make the plan that `asking.choose` reads, as plain numbers and words for JSON.

    live: the statements that may be asked, voted on or not. wanted: the answers each is to have from every sector. Latent
    classes are fitted where at least 30 people have given 7 answers; before that the plan only balances exposure.
    """
    open_ = set(live)
    names = [name for name in votes.statements if name in open_]
    given = np.diff(votes.start)
    rows: dict[str, Any] = {"version": 1, "wanted": wanted, "listened": LISTENED, "votes": votes.count, "temper": TEMPER}
    rows["asked"] = _asked(votes, sector_of)
    rows |= {"statements": [], "weights": [], "profile": [], "doubt": []}
    if names and int((given >= FEWEST_ANSWERS).sum()) >= FEWEST_PEOPLE:
        weights, profile = model(votes)
        place = {name: n for n, name in enumerate(votes.statements)}
        profile = np.maximum(profile[[place[name] for name in names]].round(_DIGITS), 10.0**-_DIGITS)
        rows["statements"] = names
        rows["weights"] = [round(float(max(weight, 1e-4)), _DIGITS) for weight in weights]
        rows["profile"] = profile.tolist()
        rows["doubt"] = (-(profile * np.log(profile)).sum(axis=2)).round(_DIGITS + 2).tolist()
    rows["digest"] = digest(rows)
    return rows


def model(votes: Votes) -> tuple[Real, Real]:
    """This will give the classes' shares (K,) and what they answer, [statements, K, 3] for disagree, pass, agree."""
    fit = fitted(votes)
    return fit.weights, np.ascontiguousarray(fit.profile.transpose(0, 2, 1))


def fitted(votes: Votes) -> Classes:
    """This will fit the latent classes that asking rests on; their memberships also correct shares for exposure (see `exposure`).

    One class for every 50 people with 7 answers, 3 to 8 in all: finer classes tell more about a person, if there are people to learn from.
    """
    people = int((np.diff(votes.start) >= FEWEST_ANSWERS).sum())
    classes = min(max(people // 50, 3), 8)
    return best_classes(votes, starts(map_of(votes), classes), temper=TEMPER)


def digest(made: Mapping[str, Any]) -> str:
    """This will give the SHA-256 of a plan without its digest: made again from the same votes it is the same."""
    kept = {key: value for key, value in made.items() if key != "digest"}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def alarms(made: Mapping[str, Any], votes: Votes, sector_of: Mapping[str, str], live: Sequence[str]) -> tuple[str, ...]:
    """This will tell, in sentences for whoever runs the conference, what is wrong with a plan; nothing when all is well."""
    told = []
    counted = sum(count for row in made["asked"].values() for count in row.values())
    if counted != votes.count:
        told.append(f"Planen tæller {counted} svar, men der er afgivet {votes.count}. Lav planen igen.")
    if digest(made) != made["digest"]:
        told.append("Planen er ændret, efter at den blev lavet. Lav den igen.")
    elif plan(votes, sector_of, live, wanted=made["wanted"])["digest"] != made["digest"]:
        told.append("Planen bliver en anden, når den laves igen af de samme svar. Sig det til driften.")
    if made["weights"] and len({json.dumps(row) for row in made["profile"]}) == 1 and len(made["statements"]) > 1:
        told.append("Alle udsagn har samme vægt, så de næste udsagn vælges tilfældigt. Sig det til driften.")
    return tuple(told)


def _asked(votes: Votes, sector_of: Mapping[str, str]) -> dict[str, dict[str, int]]:
    codes, names = sector_codes(votes, sector_of)
    parts, statements = len(names) + 1, len(votes.statements)
    part = np.where(codes < 0, len(names), codes)[votes.person]
    count = np.bincount(part * statements + votes.statement, minlength=parts * statements).reshape(parts, statements)
    return {name: {votes.statements[n]: int(count[row, n]) for n in np.flatnonzero(count[row])} for row, name in enumerate([*names, ""])}
