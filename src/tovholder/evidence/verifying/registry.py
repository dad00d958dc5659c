"""Which of our functions answers which kind of case, and the run of all cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tovholder.evidence.verifying.cases import Adapter, Failed, Faults, plainly
from tovholder.evidence.verifying.tolerances import differences

_TOLD = 3


def adapters() -> Mapping[str, Adapter]:
    """This will give every kind of case (`fn`) that we can answer, with the function that does."""
    from tovholder.evidence.verifying import charts, disclosure, equity

    return {**equity.ADAPTERS, **charts.ADAPTERS, **disclosure.ADAPTERS}


def run_all(cases: Iterable[tuple[str, Any]], known: Mapping[str, Adapter]) -> tuple[int, list[Failed]]:
    """This will run cases as (file, case) and give how many passed, and those that failed with their reason."""
    passed, failed = 0, []
    for file, case in cases:
        why = why_failed(case, known)
        if why is None:
            passed += 1
            continue
        named = case if isinstance(case, Mapping) else {}
        failed.append(Failed(plainly(file), plainly(named.get("id", "uden id")), plainly(named.get("fn", "uden fn")), why))
    return passed, failed


def why_failed(case: Any, known: Mapping[str, Adapter]) -> str | None:
    """This will run one case and give a sentence if it fails, None if it passes. Never raises over what a case holds."""
    if not isinstance(case, Mapping):
        return "tilfældet skal have navngivne felter"
    fn = case.get("fn")
    if not isinstance(fn, str) or fn not in known:
        return f"vi kender ikke »fn« {plainly(fn)}"
    for name in ("input", "expected"):
        if not isinstance(case.get(name), Mapping):
            return f"»{name}« mangler eller har ikke navngivne felter"
    if not isinstance(case.get("params", {}), Mapping):
        return "»params« har ikke navngivne felter"
    try:
        found = known[fn]({**case, "params": case.get("params", {})})
        faults = list(found.sentences) if isinstance(found, Faults) else differences(case, found)
    except KeyError as absent:
        return f"feltet {plainly(absent)} mangler"
    except Exception as problem:
        # A stranger's case may break any assumption; it fails alone, and the others still run.
        return f"kan ikke regnes: {plainly(str(problem) or type(problem).__name__)}"
    if not faults:
        return None
    more = f" (og {len(faults) - _TOLD} andre forskelle)" if len(faults) > _TOLD else ""
    return "; ".join(plainly(one) if len(one) > 400 else one for one in faults[:_TOLD]) + more
