"""How near is near enough: a computed answer beside a case's expected one, by the case's own tolerances."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import Any

from tovholder.evidence.verifying.cases import Case, plainly

# Where a case says nothing, the last digits of a double are left to the machine.
UNSAID = 1e-9
ESTIMATES_ONLY = "compare estimates only"
_SPREADS = frozenset({"se", "lowerci", "upperci"})
_CLOSED = ("closed", "cornish_fisher")
_LEVELS = {"sim95_sd": 0.95, "sim998_sd": 0.998}


class Unclear(ValueError):
    """A sentence about tolerances that cannot be used."""


def differences(case: Case, computed: Mapping[str, Any]) -> list[str]:
    """This will name every place where the computed answer is not the expected one within `tol`. Raises Unclear.

    tol: `rel` and `abs` accept |a - b| <= abs + rel |b|; `point_rel` the same for estimates, `closed_rel` for limits in closed form;
    `*_sd` for limits that come from a simulation, in units of (upper - lower) / (2 z). null is missing or not finite. Where the note says
    "compare estimates only", the source's standard errors and limits are documented as wrong and are left out.
    """
    expected, tol = case["expected"], _checked(case.get("tol"))
    left_out = _SPREADS if ESTIMATES_ONLY in str(case.get("note") or "") else frozenset()
    compared = [key for key in expected if key not in left_out and not str(key).startswith("_")]
    if not compared:
        raise Unclear("»expected« siger ikke, hvad svaret skal være")
    found: list[str] = []
    for key in compared:
        if key not in computed:
            found.append(f"»{plainly(key)}« er ikke beregnet")
        elif unit := _unit(str(key), tol):
            found.extend(_limits(str(key), expected[key], plain(computed[key]), tol[unit], _level(case, unit)))
        else:
            found.extend(_apart(str(key), expected[key], plain(computed[key]), _relative(str(key), tol), tol.get("abs", 0.0)))
    return found


def plain(value: Any) -> Any:
    """This will turn arrays and NumPy's numbers into lists and numbers of Python's own."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def _checked(tol: Any) -> dict[str, float]:
    if tol is None:
        return {}
    if not isinstance(tol, Mapping):
        raise Unclear("»tol« skal være en liste med navne og tal")
    checked = {}
    for name, size in tol.items():
        if name == "note":
            continue
        if isinstance(size, bool) or not isinstance(size, int | float) or not 0 <= size < math.inf:
            raise Unclear(f"»tol.{plainly(name)}« skal være et tal, der ikke er negativt")
        checked[str(name)] = float(size)
    return checked


def _unit(key: str, tol: Mapping[str, float]) -> str | None:
    for name in tol:
        if name.endswith("_sd") and key.endswith(name.removesuffix("_sd")):
            return name
    return None


def _level(case: Case, unit: str) -> float:
    level = _LEVELS.get(unit) or (case.get("params") or {}).get("conf", 0.95)
    if isinstance(level, bool) or not isinstance(level, int | float) or not 0 < level < 1:
        raise Unclear("»params.conf« skal ligge mellem 0 og 1")
    return float(level)


def _relative(key: str, tol: Mapping[str, float]) -> float:
    if "closed_rel" in tol and any(word in key for word in _CLOSED):
        return tol["closed_rel"]
    if "point_rel" in tol:
        return tol["point_rel"]
    return tol.get("rel", 0.0 if "abs" in tol else UNSAID)


def _limits(key: str, expected: Any, computed: Any, size: float, level: float) -> list[str]:
    if not (_is_pair(expected) and _is_pair(computed)):
        return _apart(key, expected, computed, UNSAID, 0.0)
    z = NormalDist().inv_cdf((1 + level) / 2)
    return _apart(key, expected, computed, 0.0, size * abs(expected[1] - expected[0]) / (2 * z))


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(_is_number(one) and math.isfinite(one) for one in value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _apart(where: str, expected: Any, computed: Any, rel: float, absolute: float) -> list[str]:
    if isinstance(expected, Mapping):
        if not isinstance(computed, Mapping):
            return [_told(where, expected, computed)]
        return [
            fault
            for key, one in expected.items()
            for fault in (
                _apart(f"{where}.{plainly(key)}", one, computed[key], rel, absolute)
                if key in computed
                else [f"»{where}.{plainly(key)}« er ikke beregnet"]
            )
        ]
    if isinstance(expected, list):
        if not isinstance(computed, Sequence) or isinstance(computed, str):
            return [_told(where, expected, computed)]
        if len(expected) != len(computed):
            return [f"»{where}« har {len(expected)} led, vi får {len(computed)}"]
        pairs = zip(expected, computed, strict=True)
        return [fault for place, (one, ours) in enumerate(pairs) for fault in _apart(f"{where}[{place}]", one, ours, rel, absolute)]
    return [] if _same(expected, computed, rel, absolute) else [_told(where, expected, computed)]


def _same(expected: Any, computed: Any, rel: float, absolute: float) -> bool:
    if expected is None or (isinstance(expected, float) and not math.isfinite(expected)):
        return computed is None or (isinstance(computed, float) and not math.isfinite(computed))
    if isinstance(expected, bool) or isinstance(computed, bool):
        # Some files write a flag as true, others as 1; a flag is never a measured number.
        return isinstance(expected, int) and isinstance(computed, int) and int(expected) == int(computed)
    if _is_number(expected) and _is_number(computed):
        return math.isfinite(computed) and abs(computed - expected) <= absolute + rel * abs(expected)
    return type(expected) is type(computed) and bool(expected == computed)


def _told(where: str, expected: Any, computed: Any) -> str:
    return f"»{plainly(where)}« skal være {plainly(expected)}, vi får {plainly(computed)}"
