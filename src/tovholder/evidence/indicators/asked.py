"""What an indicator may be asked to do beside its measure: every choice by name, checked, and told with the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Asked:
    """Choices by name; None where nothing was chosen, so that each measure has its own habit.

    multiplier: what a figure is per (100, 1000, 100000); conf: the level of intervals; kind: mean, rate, proportion (or ratio for a
    funnel); transform: log or logit; method: the measure's own choice of method; direction: top_minus_bottom or bottom_minus_top;
    improvement: increase or decrease; baseline: points, or the last period of the baseline; event: the first period after the change;
    rebase, exclude: periods; rules: names or a set; screen: leave out large moving ranges; season: points in a year; standard: esp2013;
    vintage: which of several; centre: a funnel's target, in the multiplier's unit; rate: the false-discovery rate; reference: the group
    or area that others are compared with.
    """

    multiplier: float | None = None
    conf: float | None = None
    kind: str | None = None
    transform: str | None = None
    method: str | None = None
    direction: str | None = None
    improvement: str | None = None
    baseline: str | int | None = None
    event: str | None = None
    rebase: tuple[str, ...] | None = None
    exclude: tuple[str, ...] | None = None
    rules: tuple[str, ...] | None = None
    screen: bool | None = None
    season: int | None = None
    standard: str | None = None
    vintage: str | None = None
    centre: float | None = None
    rate: float | None = None
    reference: str | None = None

    def told(self) -> dict[str, Any]:
        """This will give the choices that were made."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in given.items() if value is not None}


EVERYWHERE = frozenset(("vintage",))


def asked(measure: str, choices: Mapping[str, Any], takes: Iterable[str]) -> Asked:
    """This will gather the choices; raises ValueError for one that is not there, or that this measure has no use for."""
    known = {one.name for one in fields(Asked)}
    takes = EVERYWHERE | set(takes)
    plain: dict[str, Any] = {}
    for name, value in choices.items():
        if name not in known:
            raise ValueError(f"Vi kender ikke valget »{name}«. Vælg blandt {', '.join(sorted(known))}.")
        if value is None or value is False:
            continue
        if name not in takes:
            raise ValueError(f"»{name}« bruges ikke til {measure}. Til {measure} kan du vælge {', '.join(sorted(takes))}.")
        plain[name] = tuple(value) if isinstance(value, list) else value
    found = Asked(**plain)
    if found.conf is not None and not 0.5 <= found.conf < 1:
        raise ValueError(f"Sikkerheden skal ligge fra 0,5 til under 1, for eksempel 0,95, ikke {found.conf:g}.")
    if found.multiplier is not None and not 0 < found.multiplier <= 1e9:
        raise ValueError(f"Faktoren skal være over 0, for eksempel 100 eller 100000, ikke {found.multiplier:g}.")
    return found


def one_of(asked_for: str | None, allowed: tuple[str, ...], habit: str, named: str) -> str:
    """This will give a choice among those there are, or the habit; raises ValueError."""
    if asked_for is None:
        return habit
    if asked_for not in allowed:
        raise ValueError(f"»{asked_for}« kan ikke vælges som {named}. Vælg {' eller '.join(allowed)}.")
    return asked_for
