"""Figures as people read them: comma or point, thousands apart, a true minus, never more decimals than were asked for."""

import math
from collections.abc import Mapping

LARGEST = 1e15
_MILLION, _BILLION = 1e6, 1e9


def figure(value: float, decimals: int, words: Mapping[str, str]) -> str:
    """This will write a number with exactly that many decimals: 12,0 or −5.200."""
    text = f"{value:,.{decimals}f}"
    if not float(text.replace(",", "")):
        text = text.removeprefix("-")
    return text.translate({ord(","): words["thousands"], ord("."): words["point"], ord("-"): "−"})


def with_unit(value: float, decimals: int, unit: str, words: Mapping[str, str]) -> str:
    """This will write a number with what it counts: 12,3 pct."""
    return f"{figure(value, decimals, words)} {unit}".strip()


def span(low: float | None, high: float | None, decimals: int, words: Mapping[str, str]) -> str:
    """This will write an interval: 7,8–9,7, with »til« between when either end is negative; a dash when there is none."""
    if low is None or high is None:
        return "–"
    between = f" {words['to']} " if low < 0 or high < 0 else "–"
    return f"{figure(low, decimals, words)}{between}{figure(high, decimals, words)}"


def tick_words(ticks: tuple[float, ...], step: float, words: Mapping[str, str]) -> tuple[str, ...]:
    """This will write the ticks of one axis alike: 5.000, or 1,5 mio. when the largest is a million or more."""
    most = max(map(abs, ticks), default=0.0)
    unit, name = (_BILLION, words["billion"]) if most >= _BILLION else (_MILLION, words["million"]) if most >= _MILLION else (1.0, "")
    decimals = decimals_of(step / unit)
    return tuple(f"{figure(tick / unit, decimals, words)} {name if tick else ''}".strip() for tick in ticks)


def decimals_of(step: float) -> int:
    """This will count the decimals a step needs, from 0 to 9."""
    for decimals in range(9):
        if math.isclose(round(step, decimals), step, rel_tol=1e-6):
            return decimals
    return 9


def checked(value: float | None, what: str) -> float | None:
    """This will return a number that can be drawn. Raises ValueError with a sentence that names what it was."""
    if value is not None and (not math.isfinite(value) or abs(value) > LARGEST):
        raise ValueError(f"{what}: »{value}« kan ikke tegnes. Giv et almindeligt tal, eller lad feltet stå tomt.")
    return value
