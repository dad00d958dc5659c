"""The one file that leaves a secure environment: a table of an indicator, made safe, that says how and by whom, and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tovholder.evidence.disclosure.tables import HIDDEN, Published, Shape, Whole

SCHEMA = "tovholder-release-1"
SHARE, RATE = "share", "rate"
OUTCOME = "udfald"
IN, OUT = "i tælleren", "ikke i tælleren"
SHOWN_WORD, SUPPRESSED, NO_POPULATION = "", "suppressed", "no_population"


@dataclass(frozen=True)
class Definition:
    """Which indicator it is, by which definition, in what unit, for which period. kind: a share of persons, or events per persons."""

    code: str
    version: str
    unit: str
    period: str
    kind: str = SHARE
    per: float = 100.0


@dataclass(frozen=True, eq=False)
class Release(Shape):
    """An accepted release. numerator, denominator: with totals, HIDDEN where held back."""

    definition: Definition
    numerator: Whole
    denominator: Whole
    threshold: int
    zeros_small: bool
    owner: str
    digest: str

    def published(self) -> tuple[Published, ...]:
        """This will give what readers have seen, as tables that can be tied to others of the same indicator and period."""
        return published_tables(self, self.definition, self.numerator, self.denominator, self.digest[:12])

    def tells_of(self, definition: Definition) -> bool:
        """This will tell whether it counts the same as another: then the two must be judged together."""
        ours, theirs = self.definition, definition
        return (ours.code, ours.version, ours.period, ours.kind) == (theirs.code, theirs.version, theirs.period, theirs.kind)


def published_tables(shape: Shape, definition: Definition, numerator: Whole, denominator: Whole, name: str = "") -> tuple[Published, ...]:
    """This will give numerators and denominators as tables.

    A share is one table with those in the numerator, those not, and all: who is not in the numerator follows from the other two, and
    may be few as well. A rate is two tables, for events and persons are not parts of each other.
    """
    if definition.kind == RATE:
        return Published(shape.dims, shape.levels, numerator, name), Published(shape.dims, shape.levels, denominator, name)
    both = (numerator >= 0) & (denominator >= 0)
    rest = np.where(both, denominator - numerator, HIDDEN)
    counts = np.stack([numerator, rest, denominator], axis=-1)
    return (Published((*shape.dims, OUTCOME), (*shape.levels, (IN, OUT)), counts, name),)


def digest_of_content(content: Mapping[str, Any]) -> str:
    """This will give the SHA-256 of a release's content in canonical form: keys sorted, no spaces, all but the digest itself."""
    kept = {key: value for key, value in content.items() if key != "digest"}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode()).hexdigest()


def rows_of(shape: Shape, numerator: Whole, denominator: Whole, definition: Definition) -> list[dict[str, Any]]:
    """This will write each cell as a row: where, both counts, the value, and why it is blank."""
    from tovholder.evidence.disclosure.derived import rates

    shown = (numerator >= 0) & (denominator >= 0)
    value, _ = rates(numerator, denominator, shown, per=definition.per)
    rows = []
    for place in shape.places():
        top, bottom = int(numerator[place]), int(denominator[place])
        blank = SUPPRESSED if not shown[place] else NO_POPULATION if bottom == 0 else SHOWN_WORD
        rows.append(
            {
                "at": list(shape.labels(place)),
                "numerator": None if top < 0 else top,
                "denominator": None if bottom < 0 else bottom,
                "value": None if blank else float(value[place]),
                "blank": blank,
            }
        )
    return rows


def matching(known: Sequence[Release], definition: Definition) -> list[Release]:
    """This will give the earlier releases that count the same."""
    return [one for one in known if one.tells_of(definition)]
