"""Which statement a person is asked next. Plain Python without numpy: it runs in the process that answers phones, once per vote."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Any

LISTENING, SHARING, ALIKE = "listening", "sharing", "alike"
# After five to ten answers a person's other answers can be told about as well whatever is asked next, so exposure decides alone.
LISTENED = 5
_ORDER = (-1, 0, 1)


@dataclass(frozen=True)
class Asked:
    """The statement to ask, why (listening: it tells most about the person; sharing: the sector has been asked it least), and
    every candidate's priority. alike: the plan gives all candidates the same although they differ, which should be looked into."""

    statement: str
    why: str
    priorities: Mapping[str, float]

    @property
    def alarm(self) -> bool:
        """All priorities are equal where they should not be: the plan tells nothing, and chance alone chooses."""
        return self.why == ALIKE


def choose(
    plan: Mapping[str, Any] | None,
    unseen: Sequence[str],
    answers: Mapping[str, int],
    *,
    sector: str = "",
    device: str = "",
) -> Asked:
    """This will choose one of the unseen statements. Raises ValueError when there are none.

    plan: as made by `asking_plan.plan`, None when there is none yet. answers: statement to 1, 0 or -1, what the person has answered.
    The first answers are chosen for what they tell about the person (mutual information between the answer and the latent class,
    given the answers so far), among statements the sector still lacks; then the statement the person's sector has been asked least
    comes first. Ties are broken by a hash of device and statement. Source: Lindley, On a measure of the information provided by an
    experiment, Annals of Mathematical Statistics 27 (1956).
    """
    if not unseen:
        raise ValueError("Der er ingen udsagn tilbage at spørge om.")
    chance = {statement: _chance(device, statement) for statement in unseen}
    if not plan:
        return Asked(min(unseen, key=lambda name: (chance[name], name)), SHARING, dict.fromkeys(unseen, 0.0))
    lacks = _lacks(plan, unseen, sector)
    told = _told(plan, unseen, answers) if plan.get("weights") and len(answers) < plan.get("listened", LISTENED) else {}
    if told:
        why, priorities = LISTENING, {name: told.get(name, 0.0) * (1 + lacks[name] / 4) for name in unseen}
    else:
        why, priorities = SHARING, lacks
    if (len(told) > 1 and len(set(told.values())) == 1) or (len(set(lacks.values())) == 1 and not _level(plan, unseen, sector)):
        why = ALIKE
    return Asked(max(unseen, key=lambda name: (priorities[name] * (1 + 0.1 * chance[name]), chance[name], name)), why, priorities)


def _lacks(plan: Mapping[str, Any], unseen: Sequence[str], sector: str) -> dict[str, float]:
    """How much of what is wanted from the sector is still lacking: 1 for a statement nobody there has met, small once it has enough."""
    asked = plan.get("asked", {}).get(sector, {})
    wanted = max(plan.get("wanted", 1), 1)
    return {name: max(1 - asked.get(name, 0) / wanted, 0.0) + 1 / (1 + asked.get(name, 0)) for name in unseen}


def _level(plan: Mapping[str, Any], unseen: Sequence[str], sector: str) -> bool:
    asked = plan.get("asked", {}).get(sector, {})
    return len({asked.get(name, 0) for name in unseen}) == 1


def _told(plan: Mapping[str, Any], unseen: Sequence[str], answers: Mapping[str, int]) -> dict[str, float]:
    """Mutual information, in nats, between the answer and the class, for the statements that the plan knows."""
    place = {name: n for n, name in enumerate(plan["statements"])}
    profile, doubt = plan["profile"], plan["doubt"]
    belief = [log(weight) for weight in plan["weights"]]
    for name, answer in answers.items():
        if name in place:
            for k, shares in enumerate(profile[place[name]]):
                belief[k] += plan["temper"] * log(shares[answer + 1])
    top = max(belief)
    belief = [exp(one - top) for one in belief]
    whole = sum(belief)
    belief = [one / whole for one in belief]
    found = {}
    for name in unseen:
        if name not in place:
            continue
        row = profile[place[name]]
        no = unsure = yes = inside = 0.0
        for share, (minus, zero, plus), own in zip(belief, row, doubt[place[name]], strict=True):
            no += share * minus
            unsure += share * zero
            yes += share * plus
            inside += share * own
        found[name] = max(-no * log(no) - unsure * log(unsure) - yes * log(yes) - inside, 0.0)
    return found


def _chance(device: str, statement: str) -> float:
    """A number from 0 to 1 that is each device's own, so that many phones with one plan do not all ask the same."""
    return int.from_bytes(hashlib.sha256(f"{device}:{statement}".encode()).digest()[:6], "big") / 2**48
